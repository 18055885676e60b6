import { AwsError } from '../../core/aws-error.ts';
import { pageOf } from '../../core/page-of.ts';

/**
 * Takes the page that the `Limit` and `NextToken` of a request ask for; 100 items unless said.
 * @throws {AwsError} ValidationException, for a token that was not given out.
 */
export function page<T>(
  all: readonly T[],
  request: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: readonly T[]; readonly NextToken: string | undefined } {
  const { members, next } = pageOf(all, request.Limit ?? 100, request.NextToken, invalidToken);
  return { items: members, NextToken: next };
}

function invalidToken(): AwsError {
  return new AwsError('ValidationException', 'Parameter NextToken is not valid.');
}
