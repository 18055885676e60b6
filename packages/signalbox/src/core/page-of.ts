import type { AwsError } from './aws-error.ts';

/** One page of a list. */
export interface Page<T> {
  readonly members: readonly T[];
  /** The token of the next page; undefined on the last. */
  readonly next: string | undefined;
}

/**
 * Takes one page of a list; the token says how many members came before it. Where `list` names
 * the list, the token is opaque and belongs to that list alone; otherwise it is the plain number.
 * @throws {AwsError} The error that `refusal` makes, for a token that was not given out.
 */
export function pageOf<T>(
  all: readonly T[],
  length: number,
  token: string | undefined,
  refusal: () => AwsError,
  list?: string,
): Page<T> {
  const from = token === undefined ? 0 : readToken(token, list);
  if (from === undefined) throw refusal();
  const to = from + length;
  const members = all.slice(from, to);
  if (to >= all.length) return { members, next: undefined };
  return { members, next: list === undefined ? String(to) : pageToken(list, to) };
}

/** Writes the opaque token of a place in a list. */
export function pageToken(list: string, position: number): string {
  return Buffer.from(`${list}:${position}`).toString('base64');
}

/** Reads the place that an opaque token stands for; undefined where it is no token of that list. */
export function pagePosition(list: string, token: string): number | undefined {
  const text = Buffer.from(token, 'base64').toString();
  return text.startsWith(`${list}:`) ? readDigits(text.slice(list.length + 1)) : undefined;
}

function readToken(token: string, list: string | undefined): number | undefined {
  return list === undefined ? readDigits(token) : pagePosition(list, token);
}

function readDigits(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
