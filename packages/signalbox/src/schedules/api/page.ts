import { pageOf } from '../../core/page-of.ts';
import { invalid } from './refusals.ts';

/**
 * Takes the page that the `MaxResults` and `NextToken` of a request ask for; 100 items unless said.
 * @throws {AwsError} ValidationException, for a token that was not given out.
 */
export function page<T>(
  all: readonly T[],
  request: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: readonly T[]; readonly NextToken: string | undefined } {
  const refusal = () => invalid('Invalid NextToken.');
  const { members, next } = pageOf(all, request.MaxResults ?? 100, request.NextToken, refusal);
  return { items: members, NextToken: next };
}
