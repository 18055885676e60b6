import type { Browser, Page } from 'playwright-core';
import { median } from '../packages/signalbox/benchmarks/median.ts';

/** A script for a page: notes when what `selector` finds is painted first, long tasks, and how long a change takes to show. */
export function notesOf(selector: string): string {
  return `
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: 'longtask', buffered: true });
  window.typedMs = 0;
  window.changedMs = 0;
  document.addEventListener('input', () => { window.typedMs = performance.now(); }, true);
  document.addEventListener('DOMContentLoaded', () => {
    new MutationObserver(() => {
      window.changedMs = performance.now();
      if (window.isThere || document.querySelector(${JSON.stringify(selector)}) === null) return;
      window.isThere = true;
      // What comes after the next frame is after its painting.
      requestAnimationFrame(() => setTimeout(() => {
        document.documentElement.dataset.painted = String(performance.now());
      }));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });`;
}

/** Evaluates an expression of a page to a number. */
export async function numberOf(page: Page, expression: string): Promise<number> {
  return Number(await page.evaluate(expression));
}

/** Reads the CPU time that a page's own thread has taken so far, in milliseconds; whatever else the machine does. */
export type ThreadClock = () => Promise<number>;

/** Begins to count the CPU time of a page's thread. */
export async function threadClock(page: Page): Promise<ThreadClock> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN) * 1_000;
  };
}

/** The longest task of a page's own thread. */
export interface LongestTask {
  readonly wallMs: number;
  /** Of the task with the most CPU time. */
  readonly cpuMs: number;
}

/** Does something with a page, and finds the longest of the tasks that it led to. */
export async function longestTask(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
): Promise<LongestTask> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  await act();
  const { traceEvents }: { traceEvents: readonly TraceEvent[] } = JSON.parse(
    (await browser.stopTracing()).toString(),
  );
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && main.has(`${pid}/${tid}`),
  );
  return {
    wallMs: Math.max(0, ...tasks.map(({ dur = 0 }) => dur)) / 1_000,
    cpuMs: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur)) / 1_000,
  };
}

/** As Chromium's traces have it: times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** How long this machine takes now for ten million additions: what figures of two runs are compared by. */
export function calibrationMs(): number {
  const times = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    let sum = 0;
    for (let at = 0; at < 1e7; at += 1) sum += at % 7;
    return sum > 0 ? performance.now() - startedAt : 0;
  });
  return median(times);
}
