import { createHash } from 'node:crypto';
import { type Page, pageOf } from '../../core/page-of.ts';
import { invalidNextToken, requestChanged } from './cost-explorer-errors.ts';

/**
 * Takes the page of a request's values that its `NextPageToken` asks for.
 * @throws {AwsError} `InvalidNextTokenException` for what is no token, `RequestChangedException` for
 * another request's.
 */
export function pageOfRequest<T>(
  request: { readonly NextPageToken?: string | undefined },
  values: readonly T[],
  length: number,
): Page<T> {
  const { NextPageToken: token, ...rest } = request;
  const digest = createHash('sha256').update(JSON.stringify(rest)).digest('base64url').slice(0, 16);
  const refusal = () => (isToken(token) ? requestChanged() : invalidNextToken());
  return pageOf(values, length, token === '' ? undefined : token, refusal, `ce:${digest}`);
}

function isToken(token = ''): boolean {
  return /^ce:[\w-]{16}:\d{1,9}$/.test(Buffer.from(token, 'base64').toString('utf8'));
}
