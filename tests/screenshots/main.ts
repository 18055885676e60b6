import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM, openBrowser } from '../console/browser.ts';
import { startConsole } from '../console/start-console.ts';
import { type ShownPage, shownPages } from './shown-pages.ts';

/** Where all of them go: an artifact, which no commit holds. */
const ARTIFACT = '.signalbox/screenshots';
/** Where the few go that the documents show. */
const DOCS = 'docs/console';

const LOOKS = (['light', 'dark'] as const).flatMap((scheme) =>
  ([1280, 390] as const).map((width) => ({ scheme, width })),
);
/** Until pictures, words and plots are there: a page says nothing of its being ready. */
const SETTLED_MS = 1_200;

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
    const tooWide: string[] = [];
    for (const look of LOOKS) {
      for (const shown of pages) {
        const { picture, isTooWide } = await pictureOf(
          browser,
          `${started.pages}${shown.path}`,
          look,
        );
        const name = `${shown.name}-${look.scheme}-${look.width}.webp`;
        writeFileSync(join(ARTIFACT, name), picture);
        if (words.includes('--docs') && isOfDocs(shown, look)) {
          writeFileSync(join(DOCS, name), picture);
        }
        if (isTooWide) tooWide.push(name);
      }
    }
    process.stdout.write(`${pages.length * LOOKS.length} screenshots in ${ARTIFACT}\n`);
    for (const name of tooWide) process.stderr.write(`Wider than its screen: ${name}\n`);
    return tooWide.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await started.runtime.close();
  }
}

type Look = (typeof LOOKS)[number];

function isOfDocs({ docs = [] }: ShownPage, { scheme, width }: Look): boolean {
  return docs.includes(`${scheme}-${width}`);
}

async function pictureOf(
  browser: Browser,
  url: string,
  { scheme, width }: Look,
): Promise<{ readonly picture: Buffer; readonly isTooWide: boolean }> {
  const context = await browser.newContext({
    viewport: { width, height: width > 1000 ? 1000 : 844 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('h1').first().waitFor();
  await delay(SETTLED_MS);
  const isTooWide = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  const picture = await webpOf(page);
  await context.close();
  return { picture, isTooWide: isTooWide === true };
}

/** A third of what PNG takes. */
async function webpOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  return Buffer.from(data, 'base64');
}
