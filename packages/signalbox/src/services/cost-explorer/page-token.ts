import { createHash } from 'node:crypto';
import { invalidNextToken, requestChanged } from './cost-explorer-errors.ts';

/** Names a request, whatever page of it is asked for. */
export function requestDigest(input: object): string {
  const { NextPageToken: _, ...request }: { NextPageToken?: unknown } = { ...input };
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url').slice(0, 16);
}

/** Writes the token of a request's next page. */
export function pageToken(digest: string, position: number): string {
  return Buffer.from(`ce:${digest}:${position}`).toString('base64');
}

/**
 * Reads where a page begins.
 * @throws {AwsError} `InvalidNextTokenException` for what is no token, `RequestChangedException` for
 * another request's.
 */
export function pagePosition(digest: string, token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  const text = Buffer.from(token, 'base64').toString('utf8');
  const parts = /^ce:([\w-]{16}):(\d{1,9})$/.exec(text);
  if (parts === null) throw invalidNextToken();
  if (parts[1] !== digest) throw requestChanged();
  return Number(parts[2]);
}
