import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { CHROMIUM, openBrowser } from './browser.ts';
import { openPage, type StartedConsole, startConsole } from './start-console.ts';

/** A test in a browser, which is left out where there is no Chromium. */
export const story = CHROMIUM === undefined ? test.skip : test;

/** The stage of the stories of one file: one rehearsal, and a browser. */
export interface Stories {
  readonly started: StartedConsole;
  /** What went wrong in pages; a story must leave it empty. */
  readonly faults: string[];
  /** Opens a page of the console in a context of its own, in place of the last one. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Opens a page anywhere. */
  openUrl(url: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Starts the stage before the stories of a file, and ends it after them. */
export function useStories(): Stories {
  let started: StartedConsole | undefined;
  let browser: Browser | undefined;
  let context: BrowserContext | undefined;
  const faults: string[] = [];

  beforeAll(async () => {
    started = await startConsole();
    // The first visit builds the pages.
    await fetch(`${started.pages}/`);
    if (CHROMIUM !== undefined) browser = await openBrowser();
  });
  afterEach(async () => {
    await context?.close();
    context = undefined;
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await started?.runtime.close();
  });

  function known(): StartedConsole {
    if (started === undefined) throw new Error('The rehearsal has not started');
    return started;
  }
  async function openUrl(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    if (browser === undefined) throw new Error('There is no browser');
    await context?.close();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    // The test's own limit ends a wait that is in vain; this one names what it waited for.
    context.setDefaultTimeout(240_000);
    const page = await openPage(context, faults);
    await page.goto(url);
    return page;
  }
  return {
    faults,
    openUrl,
    get started() {
      return known();
    },
    open: (path, options) => openUrl(`${known().pages}${path}`, options),
    async close() {
      await context?.close();
      context = undefined;
    },
  };
}

/** The sizes of a narrow screen. */
export const NARROW: BrowserContextOptions = { viewport: { width: 390, height: 900 } };
