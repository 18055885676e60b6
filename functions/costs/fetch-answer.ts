import { type AnsweredPage, type Ask, PageTokenRefused } from './ask-cost-explorer.ts';
import type { CostAnswer, PeriodCosts } from './cost-answer.ts';
import { asksWholeMonths, type CostQuery } from './cost-query.ts';
import { CostsNotFetchedError, TooManyCostPagesError } from './errors.ts';
import { mergeAnswers, mergePeriods } from './merge-answers.ts';
import { addMonths, firstDay, monthOf, monthsBetween } from './month.ts';

/** Pages that one answer may have; two hundred cost $2. */
const MAX_PAGES = 200;

/** A page as it is kept: with the period and the token that it was asked for with. */
export interface KeptPage extends AnsweredPage {
  readonly start: string;
  readonly end: string;
  readonly askedWith: string | undefined;
}

/** A month of a question as it is kept for good. */
export interface KeptMonth {
  readonly period: PeriodCosts;
  readonly labels: Readonly<Record<string, string>>;
}

/** The store of the pages that were paid for. */
export interface AnswerCache {
  /** The settled months of a question, in their order, of those that the query asks for. */
  readMonths(query: CostQuery): Promise<readonly KeptMonth[]>;
  putMonth(query: CostQuery, month: KeptMonth): Promise<void>;
  /** The pages that this run got for the query, in their order. */
  readPages(query: CostQuery): Promise<readonly KeptPage[]>;
  putPage(query: CostQuery, index: number, page: KeptPage): Promise<void>;
}

/** The progress of a query's answer. */
export interface Fetched {
  /** Requests that this call paid for. */
  readonly paidRequests: number;
  /** The whole answer is kept. */
  readonly isComplete: boolean;
}

/**
 * The options of fetching: `refresh` pays again also for settled months, and `maxPages` bounds
 * one call.
 */
export interface Fetching {
  readonly ask: Ask;
  readonly cache: AnswerCache;
  readonly refresh: boolean;
  readonly maxPages: number;
}

/**
 * Fetches what of a query's answer is not kept yet. Each page is kept before the next is asked for,
 * so that a call that fails, and is tried again, pays for no page twice.
 * @throws {TooManyCostPagesError} After two hundred pages.
 */
export async function fetchAnswer(query: CostQuery, fetching: Fetching): Promise<Fetched> {
  const { cache, refresh } = fetching;
  const kept = chainOf(await cache.readPages(query));
  if (isWhole(kept)) return { paidRequests: 0, isComplete: true };
  const months = kept.length > 0 ? [] : await settledMonths(query, cache, refresh);
  const asked = kept[0] === undefined ? partWithout(query, months) : partOf(query, kept[0]);
  if (asked === undefined) return { paidRequests: 0, isComplete: true };
  const { pages, paidRequests } = await fetchPages(asked, kept, fetching);
  if (!isWhole(pages)) return { paidRequests, isComplete: false };
  await keepSettledMonths(asked, mergeAnswers(pages.map(answerOf)), cache);
  return { paidRequests, isComplete: true };
}

/**
 * Reads a fetched answer: the run's own pages, and the kept months for the rest.
 * @throws {CostsNotFetchedError} When a part of it is missing.
 */
export async function readAnswer(
  query: CostQuery,
  cache: AnswerCache,
  refresh: boolean,
): Promise<CostAnswer> {
  const pages = chainOf(await cache.readPages(query));
  if (pages.length > 0 && !isWhole(pages)) throw notFetched(query);
  const fresh = pages.length === 0 ? undefined : mergeAnswers(pages.map(answerOf));
  if (fresh !== undefined && fresh.kind !== 'costs') return fresh;
  const months = await settledMonths(query, cache, refresh);
  const starts = new Set(fresh?.periods.map(({ start }) => start));
  const settled = months.filter(({ period }) => !starts.has(period.start));
  const periods = mergePeriods([...settled.map(({ period }) => period), ...(fresh?.periods ?? [])]);
  const isThere = asksWholeMonths(query)
    ? periods.length === monthsBetween(monthOf(query.start), monthOf(query.end)).length
    : fresh !== undefined;
  if (!isThere) throw notFetched(query);
  const labels = Object.assign({}, ...months.map((month) => month.labels), fresh?.labels);
  return { kind: 'costs', periods, labels };
}

/** The months that need not be asked for; what is not about whole months has none. */
async function settledMonths(
  query: CostQuery,
  cache: AnswerCache,
  refresh: boolean,
): Promise<readonly KeptMonth[]> {
  return refresh || !asksWholeMonths(query) ? [] : cache.readMonths(query);
}

async function fetchPages(query: CostQuery, kept: readonly KeptPage[], fetching: Fetching) {
  const { ask, cache, maxPages } = fetching;
  let pages = [...kept];
  let paidRequests = 0;
  while (paidRequests < maxPages && (pages.length === 0 || tokenAfter(pages) !== undefined)) {
    if (pages.length >= MAX_PAGES) {
      throw new TooManyCostPagesError(`The answer to ${query.name} has over ${MAX_PAGES} pages`);
    }
    const askedWith = tokenAfter(pages);
    const page = await askPage(ask, query, askedWith);
    if (page === undefined) {
      pages = [];
      continue;
    }
    // AWS: what is refused, for want of data too, is not charged.
    if (page.answer.kind !== 'unavailable') paidRequests += 1;
    const next = { ...page, askedWith, start: query.start, end: query.end };
    await cache.putPage(query, pages.length, next);
    pages.push(next);
  }
  return { pages, paidRequests };
}

/** Asks for a page; undefined when its token is no longer good, and the answer begins anew. */
async function askPage(
  ask: Ask,
  query: CostQuery,
  token: string | undefined,
): Promise<AnsweredPage | undefined> {
  try {
    return await ask(query, token);
  } catch (error) {
    if (error instanceof PageTokenRefused && token !== undefined) return undefined;
    throw error;
  }
}

/** The part of a query that no kept month answers; undefined when there is none. */
function partWithout(query: CostQuery, months: readonly KeptMonth[]): CostQuery | undefined {
  if (!asksWholeMonths(query)) return query;
  const kept = new Set(months.map(({ period }) => monthOf(period.start)));
  const wanted = monthsBetween(monthOf(query.start), monthOf(query.end));
  const missing = wanted.filter((month) => !kept.has(month));
  const [first] = missing;
  const last = missing.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { ...query, start: firstDay(first), end: firstDay(addMonths(last, 1)) };
}

/** The query for the period that a page was asked for. */
function partOf(query: CostQuery, { start, end }: KeptPage): CostQuery {
  return { ...query, start, end };
}

/** Returns whether no page comes after these. */
function isWhole(pages: readonly KeptPage[]): boolean {
  return pages.length > 0 && tokenAfter(pages) === undefined;
}

/** The pages that hang together: what is left of an answer that was begun anew does not. */
function chainOf(pages: readonly KeptPage[]): readonly KeptPage[] {
  const chain: KeptPage[] = [];
  for (const page of pages) {
    const isNext = chain.length === 0 || tokenAfter(chain) !== undefined;
    if (!isNext || page.askedWith !== tokenAfter(chain)) break;
    chain.push(page);
  }
  return chain;
}

function tokenAfter(pages: readonly KeptPage[]): string | undefined {
  return pages.at(-1)?.nextPageToken;
}

async function keepSettledMonths(
  query: CostQuery,
  answer: CostAnswer,
  cache: AnswerCache,
): Promise<void> {
  if (answer.kind !== 'costs' || !asksWholeMonths(query)) return;
  const { labels } = answer;
  // A month without a single line may only not have been ingested yet.
  const settled = answer.periods.filter(
    ({ isEstimated, groups }) => !isEstimated && groups.length > 0,
  );
  for (const period of settled) await cache.putMonth(query, { period, labels });
}

function answerOf({ answer }: KeptPage): CostAnswer {
  return answer;
}

function notFetched({ name }: CostQuery): CostsNotFetchedError {
  return new CostsNotFetchedError(`The answer to ${name} is not complete`);
}
