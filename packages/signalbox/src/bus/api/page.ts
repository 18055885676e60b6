import { AwsError } from '../../core/aws-error.ts';

/** A part of a list, and the token of the next part. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly NextToken: string | undefined;
}

/**
 * Cuts a list as the `Limit` and `NextToken` of a request say; 100 items unless said.
 * @throws {AwsError} ValidationException, for a token that isn't one of these.
 */
export function page<T>(
  all: readonly T[],
  request: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
): Page<T> {
  const start = Number(request.NextToken ?? '0');
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError('ValidationException', 'Parameter NextToken is not valid.');
  }
  const end = start + (request.Limit ?? 100);
  return { items: all.slice(start, end), NextToken: end < all.length ? String(end) : undefined };
}
