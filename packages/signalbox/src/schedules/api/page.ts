import { invalid } from './refusals.ts';

/**
 * Cuts a list as the `MaxResults` and `NextToken` of a request say; 100 items unless said.
 * @throws {AwsError} ValidationException, for a token that isn't one of these.
 */
export function page<T>(
  all: readonly T[],
  request: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: T[]; readonly NextToken: string | undefined } {
  const start = Number(request.NextToken ?? '0');
  if (!Number.isInteger(start) || start < 0) throw invalid('Invalid NextToken.');
  const end = start + (request.MaxResults ?? 100);
  return { items: all.slice(start, end), NextToken: end < all.length ? String(end) : undefined };
}
