import { invalidParameter } from './sns-errors.ts';

const PAGE_LENGTH = 100;

/** Takes one page of a hundred; the token says how many came before. */
export function pageOf<T>(
  all: readonly T[],
  token: string | undefined,
): { readonly members: readonly T[]; readonly next: string | undefined } {
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString());
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('NextToken');
  const to = from + PAGE_LENGTH;
  const next = to < all.length ? Buffer.from(String(to)).toString('base64') : undefined;
  return { members: all.slice(from, to), next };
}
