import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { inBatches } from '../../packages/signalbox/src/core/in-batches.ts';
import { CHROMIUM, openBrowser } from '../console/browser.ts';
import { startConsole } from '../console/start-console.ts';
import { shownPages } from './shown-pages.ts';

/** Where all of them go: an artifact, which no commit holds. */
const ARTIFACT = '.signalbox/screenshots';
/** Where the few go that the documents show. */
const DOCS = 'docs/console';

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [1280, 390] as const;
/** How many pages load at the same time: one waits while another draws. */
const AT_ONCE = 3;

/**
 * Takes a picture of every page of the console, light and dark, wide and narrow.
 *
 * @param words Names of pages, all unless given; `--docs` makes the few that the documents show anew as well.
 * @returns 1 where a page is wider than its screen.
 */
export async function main(words: readonly string[]): Promise<number> {
  if (CHROMIUM === undefined) {
    process.stderr.write(
      'There is no Chromium: install it, on Debian with "apt-get install chromium"\n',
    );
    return 2;
  }
  const started = await startConsole();
  const browser = await openBrowser();
  try {
    const named = words.filter((word) => !word.startsWith('--'));
    const all = await shownPages(started);
    const pages = all.filter(({ name }) => named.length === 0 || named.includes(name));
    rmSync(ARTIFACT, { recursive: true, force: true });
    mkdirSync(ARTIFACT, { recursive: true });
    const visits = pages.flatMap((shown) => WIDTHS.map((width) => ({ shown, width })));
    const found = await inBatches(visits, AT_ONCE, ({ shown, width }) =>
      picturesOf(browser, `${started.pages}${shown.path}`, width).then((pictures) =>
        pictures.map((picture) => ({ ...picture, shown, width })),
      ),
    );
    const tooWide: string[] = [];
    for (const { shown, width, scheme, bytes, isTooWide } of found.flat()) {
      const name = `${shown.name}-${scheme}-${width}.webp`;
      writeFileSync(join(ARTIFACT, name), bytes);
      if (words.includes('--docs') && shown.docs?.includes(`${scheme}-${width}`) === true) {
        writeFileSync(join(DOCS, name), bytes);
      }
      if (isTooWide) tooWide.push(name);
    }
    process.stdout.write(`${found.flat().length} screenshots in ${ARTIFACT}\n`);
    for (const name of tooWide) process.stderr.write(`Wider than its screen: ${name}\n`);
    return tooWide.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await started.runtime.close();
  }
}

interface Picture {
  readonly scheme: (typeof SCHEMES)[number];
  readonly bytes: Buffer;
  readonly isTooWide: boolean;
}

/** Loads a page once and takes it light and dark, as somebody sees it who changes the theme. */
async function picturesOf(
  browser: Browser,
  url: string,
  width: number,
): Promise<readonly Picture[]> {
  const viewport = { width, height: width > 1000 ? 1000 : 844 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('h1').first().waitFor();
    const pictures: Picture[] = [];
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate(QUIET);
      const isTooWide = await page.evaluate(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      );
      pictures.push({ scheme, bytes: await webpOf(page), isTooWide: isTooWide === true });
    }
    return pictures;
  } finally {
    await context.close();
  }
}

/**
 * Waits in a page until nothing has been drawn for a moment and nothing says that it loads: pictures, words and plots
 * come one after the other. What changes all the time, such as a clock, is waited for in vain and not for long.
 */
const QUIET = `new Promise((resolve) => {
  const startedAt = performance.now();
  let changedAt = startedAt;
  const observer = new MutationObserver(() => { changedAt = performance.now(); });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  const look = () => {
    const now = performance.now();
    const isLoading = document.querySelector('[class*="awsui_spinner"]') !== null;
    const isQuiet = now - changedAt > 300 && !isLoading;
    if (isQuiet || now - startedAt > 4000) { observer.disconnect(); resolve(); } else setTimeout(look, 50);
  };
  look();
})`;

/** A third of what PNG takes. */
async function webpOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  return Buffer.from(data, 'base64');
}
