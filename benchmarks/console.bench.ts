import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import type { BenchRow } from '../packages/signalbox/benchmarks/bench-row.ts';
import { median } from '../packages/signalbox/benchmarks/median.ts';
import { layOutGraph } from '../packages/signalbox/src/console/graph/lay-out-graph.ts';
import { graphOf } from '../packages/signalbox/src/console/server/machine-view.ts';
import { serveConsole } from '../packages/signalbox/src/console/server/serve-console.ts';
import { CHROMIUM, openBrowser } from '../tests/console/browser.ts';
import { type ConsoleWorld, consoleWorld, definitionOf } from './console-world.ts';

const SIZE = { executions: 100_000, events: 25_000, states: 200 };
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
      ...{ call: world.call, changes: world.changes, pages: async () => [] },
      stack: { endpoint: undefined, client: { maxAttempts: 1 }, stack: undefined },
      now: () => new Date(),
      onBug: (bug) => void process.stderr.write(`${String(bug)}\n`),
    },
    0,
  );
  const browser = await openBrowser();
  try {
    // The first visit builds the pages, and brings the cookie.
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(served.url);
    await page.close();
    const base = served.url.split('?')[0] ?? '';
    const open = () => openMeasured(context);
    return [
      ...(await executionRows(await open(), `${base}/executions/${world.longArn}?view=events`)),
      ...(await listRows(await open(), `${base}/executions`)),
      ...(await changeRows(await open(), `${base}/executions?status=FAILED`, world)),
      layout,
    ];
  } finally {
    await browser.close();
    await served.close();
  }
}

/** Notes long tasks, and the last change of the page after the last input. */
const NOTES = `
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: 'longtask', buffered: true });
  window.typedMs = 0;
  window.changedMs = 0;
  document.addEventListener('input', () => { window.typedMs = performance.now(); }, true);
  document.addEventListener('DOMContentLoaded', () => {
    new MutationObserver(() => { window.changedMs = performance.now(); })
      .observe(document.body, { subtree: true, childList: true, characterData: true });
  });`;

async function openMeasured(context: Awaited<ReturnType<Browser['newContext']>>): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(NOTES);
  return page;
}

async function numberOf(page: Page, expression: string): Promise<number> {
  return Number(await page.evaluate(expression));
}

async function executionRows(page: Page, url: string): Promise<readonly BenchRow[]> {
  const loads: Promise<number>[] = [];
  page.on('response', (response) => {
    if (!/\.(js|css)$/.test(new URL(response.url()).pathname)) return;
    loads.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await page.goto(url);
  await page.locator('.events .rows-body .row').first().waitFor();
  const paintedMs = await numberOf(page, 'performance.now()');
  await page.getByText('Events (25000)').first().waitFor();
  await delay(500);
  const inPage = await page.locator('.events .rows-body .row').count();
  const filterMs = await typed(page, page.getByLabel('Find events').first());
  const scrolledMs = await scrolled(page);
  const bytes = (await Promise.all(loads)).reduce((sum, one) => sum + one, 0);
  await page.close();
  return [
    aimed('25,000 events: first rows', paintedMs, 1_500),
    aimed('25,000 events: filter', filterMs, 100),
    aimed('25,000 events: longest task while scrolling', scrolledMs, 50),
    { name: '25,000 events: rows in the page', value: inPage, unit: 'rows', atMost: 100 },
    { name: 'first load of an execution, gzip', value: bytes / 1_000, unit: 'kB', atMost: 500 },
  ];
}

async function typed(page: Page, field: ReturnType<Page['getByLabel']>): Promise<number> {
  await field.fill('State-7');
  await delay(1_500);
  const ms = await numberOf(page, 'window.changedMs - window.typedMs');
  await field.fill('');
  await delay(500);
  return ms;
}

async function scrolled(page: Page): Promise<number> {
  await page.locator('.events .rows-body').hover();
  await page.evaluate('window.longest = 0');
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.wheel(0, 2_000);
    await delay(16);
  }
  return numberOf(page, 'window.longest');
}

async function listRows(page: Page, url: string): Promise<readonly BenchRow[]> {
  await page.goto(url);
  await page.locator('tbody tr').first().waitFor();
  const paintedMs = await numberOf(page, 'performance.now()');
  await page.getByText(`(${SIZE.executions})`, { exact: true }).waitFor({ timeout: 120_000 });
  const listedMs = await numberOf(page, 'performance.now()');
  const inPage = await page.locator('tbody tr').count();
  await page.close();
  return [
    aimed('100,000 executions: first rows', paintedMs, 1_500),
    { name: '100,000 executions: all listed', value: listedMs, unit: 'ms' },
    { name: '100,000 executions: rows in the page', value: inPage, unit: 'rows', atMost: 100 },
  ];
}

async function changeRows(
  page: Page,
  url: string,
  world: ConsoleWorld,
): Promise<readonly BenchRow[]> {
  await page.goto(url);
  await page.getByText(`(${SIZE.executions})`, { exact: true }).waitFor({ timeout: 120_000 });
  await page.evaluate('window.longest = 0');
  const before = await heapOf(page);
  for (let turn = 0; turn < SECONDS * 5; turn += 1) {
    world.change(CHANGES_A_SECOND / 5);
    await delay(200);
  }
  const longestMs = await numberOf(page, 'window.longest');
  const after = await heapOf(page);
  await page.close();
  return [
    { name: '1,000 changes/s for a minute: longest task', value: longestMs, unit: 'ms' },
    {
      name: '1,000 changes/s for a minute: memory, of that before',
      value: after / before,
      unit: '×',
      atMost: 1.5,
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

function aimed(name: string, value: number, aim: number): BenchRow {
  return { name, value, unit: 'ms', remark: `aim ≤ ${aim.toLocaleString('en')} ms` };
}
