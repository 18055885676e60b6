import { checkLength } from './members.ts';
import { invalidToken, validation } from './refusals.ts';

const DEFAULT_RESULTS = 100;
const MAX_RESULTS = 1_000;

/** A page's size. AWS: 100 unless said otherwise or 0, at most 1,000. @throws {AwsError} When it is more. */
export function pageSize(maxResults: number | undefined): number {
  if (maxResults === undefined || maxResults === 0) return DEFAULT_RESULTS;
  if (maxResults > MAX_RESULTS || maxResults < 0) {
    const bound =
      maxResults < 0 ? 'greater than or equal to 0' : `less than or equal to ${MAX_RESULTS}`;
    throw validation(
      `Value '${maxResults}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  return maxResults;
}

/** Writes a page token: the place at which the next page of such a list begins. */
export function pageToken(list: string, position: number): string {
  return Buffer.from(`${list}:${position}`).toString('base64');
}

/** Reads a page token of the list; `start` where there is none. @throws {AwsError} When it is of no such list. */
export function pagePosition(
  list: string,
  token: string | undefined,
  { start, maxTokenLength = 1_024 }: { readonly start: number; readonly maxTokenLength?: number },
): number {
  if (token === undefined) return start;
  checkLength('nextToken', token, maxTokenLength);
  const text = Buffer.from(token, 'base64').toString();
  const digits = text.startsWith(`${list}:`) ? text.slice(list.length + 1) : '';
  if (!/^\d{1,15}$/.test(digits)) throw invalidToken();
  return Number(digits);
}

/** One page of a list that only grows at its end, and the token of the next page. */
export function page<T>(
  list: string,
  items: readonly T[],
  input: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const size = pageSize(input.maxResults);
  const start = pagePosition(list, input.nextToken, { start: 0 });
  const next = start + size;
  const shown = items.slice(start, next);
  return next < items.length
    ? { items: shown, nextToken: pageToken(list, next) }
    : { items: shown };
}
