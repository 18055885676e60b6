import type { AwsError } from '../core/aws-error.ts';

/**
 * Takes one page of a list; the token says how many came before.
 * @throws {AwsError} What `refusal` makes, for a token that was not given out.
 */
export function pageOf<T>(
  all: readonly T[],
  length: number,
  token: string | undefined,
  refusal: () => AwsError,
): { readonly members: readonly T[]; readonly next: string | undefined } {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(from) || from < 0) throw refusal();
  const to = from + length;
  return { members: all.slice(from, to), next: to < all.length ? String(to) : undefined };
}
