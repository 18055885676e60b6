import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Cookie, Page } from 'playwright-core';
import type { BenchRow } from '../packages/signalbox/benchmarks/bench-row.ts';
import { median } from '../packages/signalbox/benchmarks/median.ts';
import { layOutGraph } from '../packages/signalbox/src/console/graph/lay-out-graph.ts';
import { graphOf } from '../packages/signalbox/src/console/server/machine-view.ts';
import { serveConsole } from '../packages/signalbox/src/console/server/serve-console.ts';
import { CHROMIUM, openBrowser } from '../tests/console/browser.ts';
import { type ConsoleWorld, consoleWorld, definitionOf } from './console-world.ts';
import {
  calibrationMs,
  longestTask,
  notesOf,
  numberOf,
  type ThreadClock,
  threadClock,
} from './page-notes.ts';

const SIZE = { executions: 100_000, events: 25_000, states: 200 };
/** Of each figure, the middle one of so many visits is told. */
const TURNS = 5;
const SECONDS = 60;
const CHANGES_A_SECOND = 1_000;

/**
 * Measures the console in Chromium: an execution of 25,000 events, a list of 100,000 executions, 1,000 changes a
 * second for a minute, and the layout of 200 states. Times hang on the machine, so that they have an aim
 * and no budget; what does not is held to one.
 */
export async function runConsoleBench(root: string): Promise<readonly BenchRow[]> {
  const layout = layoutRow();
  if (CHROMIUM === undefined) return [layout];
  const world = consoleWorld(SIZE);
  const served = await serveConsole(
    {
      ...{ kind: 'rehearsal', region: 'us-east-1', title: 'large', root },
      ...{ call: world.call, changes: world.changes, pages: async () => [], samples: () => [] },
      stack: { endpoint: undefined, client: { maxAttempts: 1 }, stack: undefined },
      now: () => new Date(),
      onBug: (bug) => void process.stderr.write(`${String(bug)}\n`),
    },
    0,
  );
  const browser = await openBrowser();
  try {
    // The first visit builds the pages, and brings the cookie.
    const first = await browser.newContext();
    await (await first.newPage()).goto(served.url);
    const cookies = await first.cookies();
    await first.close();
    const base = served.url.split('?')[0] ?? '';
    const long = `${base}/executions/${world.longArn}`;
    const visit: Visit = (path, selector) => openMeasured({ browser, cookies }, path, selector);
    return [
      { name: 'this machine: ten million additions', value: calibrationMs(), unit: 'ms' },
      ...(await eventRows(browser, () => visit(`${long}?view=events`, '.events .rows-body .row'))),
      ...(await graphRows(() => visit(long, '.graph .node'))),
      ...(await listRows(() => visit(`${base}/executions`, 'tbody tr'))),
      ...(await changeRows(() => visit(`${base}/executions?status=FAILED`, 'tbody tr'), world)),
      layout,
    ];
  } finally {
    await browser.close();
    await served.close();
  }
}

type Visit = (url: string, selector: string) => Promise<Visited>;

/** A page once what it is for was painted first. */
interface Visited {
  readonly page: Page;
  readonly paintedMs: number;
  /** CPU time of its thread until then. */
  readonly cpuMs: number;
  readonly threadMs: ThreadClock;
  /** Compressed scripts and styles that it loaded. */
  readonly loaded: Promise<number>;
  close(): Promise<void>;
}

/** Opens a page with nothing in its cache. */
async function openMeasured(
  { browser, cookies }: { readonly browser: Browser; readonly cookies: readonly Cookie[] },
  url: string,
  selector: string,
): Promise<Visited> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies([...cookies]);
  const page = await context.newPage();
  await page.addInitScript(notesOf(selector));
  const threadMs = await threadClock(page);
  const loads: Promise<number>[] = [];
  page.on('response', (response) => {
    if (!/\.(js|css)$/.test(new URL(response.url()).pathname)) return;
    loads.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await page.goto(url);
  await page.locator('html[data-painted]').waitFor({ state: 'attached' });
  const cpuMs = await threadMs();
  return {
    ...{
      page,
      cpuMs,
      threadMs,
      paintedMs: await numberOf(page, 'document.documentElement.dataset.painted'),
    },
    loaded: Promise.all(loads).then((sizes) => sizes.reduce((sum, one) => sum + one, 0)),
    close: () => context.close(),
  };
}

/** Visits a page several times, and does something there each time. */
async function several<T>(
  visit: () => Promise<Visited>,
  act: (visited: Visited) => Promise<T>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const visited = await visit();
    found.push(await act(visited));
    await visited.close();
  }
  return found;
}

async function eventRows(
  browser: Browser,
  visit: () => Promise<Visited>,
): Promise<readonly BenchRow[]> {
  const turns = await several(visit, async ({ page, paintedMs, cpuMs, threadMs, loaded }) => {
    await page.getByText('Events (25000)').first().waitFor();
    await delay(500);
    const rows = await page.locator('.events .rows-body .row').count();
    const filter = await typed(page, threadMs);
    const scrolled = await longestTask(browser, page, () => scroll(page));
    return { paintedMs, cpuMs, rows, filter, scrolled, bytes: await loaded };
  });
  const of = (read: (turn: (typeof turns)[number]) => number) => median(turns.map(read));
  return [
    aimed(
      '25,000 events: first rows',
      of(({ paintedMs }) => paintedMs),
      1_500,
      {
        cpuMs: of(({ cpuMs }) => cpuMs),
      },
    ),
    aimed(
      '25,000 events: filter',
      of(({ filter }) => filter.wallMs),
      100,
      {
        cpuMs: of(({ filter }) => filter.cpuMs),
      },
    ),
    aimed(
      '25,000 events: longest task while scrolling',
      of(({ scrolled }) => scrolled.wallMs),
      50,
      {
        cpuMs: of(({ scrolled }) => scrolled.cpuMs),
      },
    ),
    {
      name: '25,000 events: rows in the page',
      value: of(({ rows }) => rows),
      unit: 'rows',
      atMost: 100,
    },
    {
      name: 'first load of an execution, gzip',
      value: of(({ bytes }) => bytes) / 1_000,
      unit: 'kB',
      atMost: 500,
    },
  ];
}

/** How long it takes until the rows of a text are there. */
async function typed(page: Page, threadMs: ThreadClock) {
  const field = page.getByLabel('Find events').first();
  const before = await threadMs();
  await field.fill('State-7');
  await delay(1_500);
  const cpuMs = (await threadMs()) - before;
  const wallMs = await numberOf(page, 'window.changedMs - window.typedMs');
  await field.fill('');
  await delay(500);
  return { wallMs, cpuMs };
}

async function scroll(page: Page): Promise<void> {
  await page.locator('.events .rows-body').hover();
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.wheel(0, 2_000);
    await delay(16);
  }
}

async function graphRows(visit: () => Promise<Visited>): Promise<readonly BenchRow[]> {
  const turns = await several(visit, async ({ paintedMs, cpuMs }) => ({ paintedMs, cpuMs }));
  const cpuMs = median(turns.map((turn) => turn.cpuMs));
  const value = median(turns.map(({ paintedMs }) => paintedMs));
  return [aimed('25,000 events, 200 states: first graph', value, 1_500, { cpuMs })];
}

async function listRows(visit: () => Promise<Visited>): Promise<readonly BenchRow[]> {
  const turns = await several(visit, async ({ page, paintedMs, cpuMs }) => {
    await page.getByText(`(${SIZE.executions})`, { exact: true }).waitFor({ timeout: 120_000 });
    const listedMs = await numberOf(page, 'performance.now()');
    return { paintedMs, cpuMs, listedMs, rows: await page.locator('tbody tr').count() };
  });
  const of = (read: (turn: (typeof turns)[number]) => number) => median(turns.map(read));
  return [
    aimed(
      '100,000 executions: first rows',
      of(({ paintedMs }) => paintedMs),
      1_500,
      {
        cpuMs: of(({ cpuMs }) => cpuMs),
      },
    ),
    { name: '100,000 executions: all listed', value: of(({ listedMs }) => listedMs), unit: 'ms' },
    {
      name: '100,000 executions: rows in the page',
      value: of(({ rows }) => rows),
      unit: 'rows',
      atMost: 100,
    },
  ];
}

/** Notes the longest task from now on, and how often the counts of the page change. */
const NOTE_PICTURES = `
  window.longest = 0;
  window.pictures = 0;
  new MutationObserver(() => { window.pictures += 1; })
    .observe(document.querySelector('.chips'), { subtree: true, childList: true, characterData: true });
`;

async function changeRows(
  visit: () => Promise<Visited>,
  world: ConsoleWorld,
): Promise<readonly BenchRow[]> {
  const { page, threadMs, close } = await visit();
  await page.getByText(`(${SIZE.executions})`, { exact: true }).waitFor({ timeout: 120_000 });
  await page.evaluate(NOTE_PICTURES);
  const before = await heapOf(page);
  const cpuBefore = await threadMs();
  for (let turn = 0; turn < SECONDS * 5; turn += 1) {
    world.change(CHANGES_A_SECOND / 5);
    await delay(200);
  }
  const cpuMs = (await threadMs()) - cpuBefore;
  const longestMs = await numberOf(page, 'window.longest');
  const pictures = await numberOf(page, 'window.pictures');
  const after = await heapOf(page);
  await close();
  return [
    { name: '1,000 changes/s for a minute: longest task', value: longestMs, unit: 'ms' },
    {
      // Changes that are drawn later and later would keep the page quick, and wrong.
      name: '1,000 changes/s for a minute: pictures of them',
      ...{ value: pictures / SECONDS, unit: '/s', atLeast: 0.5 },
    },
    {
      name: '1,000 changes/s for a minute: CPU time of the page, of a core',
      ...{ value: (cpuMs / SECONDS / 1_000) * 100, unit: '%', cpuMs },
    },
    {
      name: '1,000 changes/s for a minute: memory, of that before',
      ...{ value: after / before, unit: '×', atMost: 1.5 },
      remark: `${Math.round(after / 1e6)} MB`,
    },
  ];
}

/** What is left after a collection. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

function layoutRow(): BenchRow {
  const { graph } = graphOf(JSON.stringify(definitionOf(SIZE.states)));
  if (graph === undefined) throw new Error('The definition of the benchmark cannot be read');
  const times = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    layOutGraph(graph, 'TB');
    return performance.now() - startedAt;
  });
  return aimed('a graph of 200 states: laid out', median(times), 300);
}

function aimed(
  name: string,
  value: number,
  aim: number,
  { cpuMs }: { readonly cpuMs?: number } = {},
): BenchRow {
  const remark = `aim ≤ ${aim.toLocaleString('en')} ms`;
  if (cpuMs === undefined) return { name, value, unit: 'ms', remark };
  return { name, value, unit: 'ms', cpuMs, remark: `${remark}; ${cpuMs.toFixed(0)} ms of CPU` };
}
