import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { serializationError } from './check-input.ts';
import { tooManyBytes } from './most-bytes.ts';

/** A request as it was before it was cut into chunks to be sent. */
export interface WholeRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Reads a request's body and takes off the `aws-chunked` of signed streams.
 * @throws {AwsError} As `tooManyBytes` above `maxBytes`, SerializationException for broken chunks.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<WholeRequest> {
  const body = await readWhole(request, maxBytes);
  if (body === undefined) {
    throw tooManyBytes(maxBytes, request);
  }
  const { headers } = request;
  if (!isChunked(request)) return { headers, body };
  const { body: whole, trailers } = dechunk(body);
  const codings = codingsOf(request).filter((coding) => coding !== 'aws-chunked' && coding !== '');
  const { 'content-encoding': _, ...others } = headers;
  const coded = codings.length > 0 && { 'content-encoding': codings.join(',') };
  return { headers: { ...trailers, ...others, ...coded }, body: whole };
}

/** Reads a body to its end, so that the sender gets a response; undefined when it is larger than allowed. */
export async function readWhole(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  return bytes > maxBytes ? undefined : Buffer.concat(chunks);
}

function isChunked(request: IncomingMessage): boolean {
  const hash = request.headers['x-amz-content-sha256'];
  const isSignedStream = typeof hash === 'string' && hash.startsWith('STREAMING-');
  return isSignedStream || codingsOf(request).includes('aws-chunked');
}

/** The codings of a body, in the order in which they were applied. */
export function codingsOf({ headers }: Pick<IncomingMessage, 'headers'>): readonly string[] {
  return (headers['content-encoding'] ?? '').split(',').map((coding) => coding.trim());
}

/** A body without its chunks, and the headers that came behind them. */
export interface Dechunked {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

/** Joins the chunks of an `aws-chunked` body and reads its trailers; signatures fall away. */
export function dechunk(body: Buffer): Dechunked {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = /^([0-9a-f]{1,8})(;.*)?$/i.exec(body.toString('latin1', at, lineEnd))?.[1];
    if (lineEnd < 0 || size === undefined) throw serializationError('Broken aws-chunked body');
    const start = lineEnd + 2;
    const end = start + Number.parseInt(size, 16);
    if (end > body.length) throw serializationError('Broken aws-chunked body');
    if (end === start) {
      return { body: Buffer.concat(parts), trailers: readTrailers(body.toString('latin1', end)) };
    }
    parts.push(body.subarray(start, end));
    at = end + 2;
  }
}

function readTrailers(text: string): Record<string, string> {
  const lines = text.split('\r\n').map((line) => /^([\w-]+):\s*(.*)$/.exec(line));
  return Object.fromEntries(
    lines.flatMap((line) =>
      line === null ? [] : [[(line[1] ?? '').toLowerCase(), line[2] ?? '']],
    ),
  );
}
