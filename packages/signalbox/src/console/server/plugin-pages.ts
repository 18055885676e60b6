import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { UserError } from '../../core/user-error.ts';
import type { ConsoleOptions } from './console-options.ts';
import type { ConsolePage, WaitingStep } from './console-page.ts';
import { ownPages } from './own-pages/own-pages.ts';
import type { PageButton, PageContent, PageOutcome } from './page-content.ts';

/** A page of a plug-in as the navigation knows it. */
export interface ListedPage extends Pick<ConsolePage, 'title' | 'path'> {
  readonly korean: Readonly<Record<string, string>>;
  /** Whether it is the tool's own, beside those of plug-ins. */
  readonly isOwn: boolean;
}

/** A button that a plug-in offers at a step, with the page whose action it is. */
export interface OfferedButton {
  readonly page: string;
  readonly button: PageButton;
}

/** Lists the pages that are described: the tool's own, and those of the plug-ins. */
export async function listedPages(options: ConsoleOptions): Promise<readonly ListedPage[]> {
  const own = ownPages(options);
  return (await pagesIn(options)).map((page) => {
    const { title, path, korean = {} } = page;
    return { title, path, korean, isOwn: own.some((one) => one.path === path) };
  });
}

/** The tool's own come first: a plug-in cannot take the place of one. */
async function pagesIn(options: ConsoleOptions): Promise<readonly ConsolePage[]> {
  return [...ownPages(options), ...(await options.pages())];
}

/** Reads what a page shows. @throws {UserError} Where there is no such page. */
export async function readPage(options: ConsoleOptions, body: JsonObject): Promise<PageContent> {
  const page = await pageIn(options, body);
  const { stack, now } = options;
  return page.read({
    stack,
    name: textOf(body, 'name'),
    query: textsOf(body, 'query'),
    now: now(),
  });
}

/** Does an action of a page. @throws {UserError} Where there is no such page or action. */
export async function actOnPage(options: ConsoleOptions, body: JsonObject): Promise<PageOutcome> {
  const page = await pageIn(options, body);
  const name = textOf(body, 'action');
  const act = ownMember(page.actions ?? {}, name);
  if (act === undefined) {
    throw new UserError('not-found', `The page ${page.path} has no action "${name}"`);
  }
  return act({ stack: options.stack, now: options.now(), values: textsOf(body, 'values') });
}

/** Gathers what the plug-ins offer at a step that waits. */
export async function offeredButtons(
  options: ConsoleOptions,
  body: JsonObject,
): Promise<{ readonly offered: readonly OfferedButton[] }> {
  const step: WaitingStep = {
    executionArn: textOf(body, 'executionArn'),
    stateName: textOf(body, 'stateName'),
    parameters: textOf(body, 'parameters'),
  };
  const offered = (await pagesIn(options)).flatMap((page) =>
    (page.buttonsAt?.(step) ?? []).map((button) => ({ page: page.path, button })),
  );
  return { offered };
}

async function pageIn(options: ConsoleOptions, body: JsonObject): Promise<ConsolePage> {
  const path = textOf(body, 'page');
  const page = (await pagesIn(options)).find((one) => one.path === path);
  if (page === undefined) throw new UserError('not-found', `There is no page "${path}"`);
  return page;
}

function textOf(body: JsonObject, name: string): string {
  const value = ownMember(body, name);
  return typeof value === 'string' ? value : '';
}

function textsOf(body: JsonObject, name: string): Readonly<Record<string, string>> {
  const value = ownMember(body, name);
  const members = isJsonObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    members.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}
