import { pageOf, pagePosition } from '../core/page-of.ts';
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

/** Reads a page token of the list; `start` where there is none. @throws {AwsError} When it is of no such list. */
export function startOfPage(
  list: string,
  token: string | undefined,
  { start, maxTokenLength = 1_024 }: { readonly start: number; readonly maxTokenLength?: number },
): number {
  if (token === undefined) return start;
  checkLength('nextToken', token, maxTokenLength);
  const position = pagePosition(list, token);
  if (position === undefined) throw invalidToken();
  return position;
}

/** One page of a list that only grows at its end, and the token of the next page. */
export function page<T>(
  list: string,
  items: readonly T[],
  input: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const size = pageSize(input.maxResults);
  checkLength('nextToken', input.nextToken, 1_024);
  const { members, next } = pageOf(items, size, input.nextToken, invalidToken, list);
  return next === undefined ? { items: members } : { items: members, nextToken: next };
}
