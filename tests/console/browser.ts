import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where Debian and others install it; none is downloaded. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine; undefined where it has none. */
export const CHROMIUM = PLACES.find((file) => existsSync(file));

/** Starts Chromium; as root, it has no sandbox. */
export async function openBrowser(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error(`There is no Chromium at ${PLACES.join(', ')}`);
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

/**
 * The serious and critical violations of accessibility rules on a page, one line each: all rules as the page is shown,
 * and its contrasts in the dark as well, where nothing but colours is another.
 */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  // Not as a script of the page, which its policy would not run.
  await page.evaluate(axe.source);
  const found = await axeFindings(page, '{}');
  await showIn(page, 'dark');
  const dark = await axeFindings(page, "{ runOnly: ['color-contrast'] }");
  await showIn(page, 'light');
  return [...found, ...dark.map((line) => `dark: ${line}`)];
}

/** Shows a page light or dark, and waits until no colour is between the two: the components fade from one to the other. */
async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-theme="${colorScheme}"]`).waitFor({ state: 'attached' });
  await page.evaluate(`new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() =>
    Promise.allSettled(document.getAnimations()
      .filter((one) => one instanceof CSSTransition)
      .map(({ finished }) => finished)))`);
}

async function axeFindings(page: Page, options: string): Promise<readonly string[]> {
  const found: unknown =
    await page.evaluate(`axe.run({ resultTypes: ['violations'], ...${options} }).then(({ violations }) =>
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) =>
      id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')))`);
  return Array.isArray(found) ? found.map(String) : ['axe did not run'];
}
