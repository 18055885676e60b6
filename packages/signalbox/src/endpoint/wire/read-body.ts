import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AwsError } from '../../core/aws-error.ts';
import { serializationError } from './check-input.ts';

// Far above what any served operation takes, and small enough to keep in memory.
const MAX_BODY_BYTES = 64 * 1024 * 1024;

const unzip = promisify(gunzip);

/**
 * Reads a request's body and takes its content codings off: gzip, and the `aws-chunked` of signed streams.
 * @throws {AwsError} RequestEntityTooLarge above 64 MiB, SerializationException for a broken coding.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const body = await readWhole(request, MAX_BODY_BYTES);
  if (body === undefined) {
    throw new AwsError('RequestEntityTooLarge', `The body is larger than ${MAX_BODY_BYTES} bytes`);
  }
  const codings = (request.headers['content-encoding'] ?? '').split(',').map((name) => name.trim());
  const whole = isChunked(request, codings) ? dechunk(body) : body;
  return codings.includes('gzip') ? inflate(whole) : whole;
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

function isChunked({ headers }: IncomingMessage, codings: readonly string[]): boolean {
  const hash = headers['x-amz-content-sha256'];
  return (
    codings.includes('aws-chunked') || (typeof hash === 'string' && hash.startsWith('STREAMING-'))
  );
}

/** Joins the chunks of an `aws-chunked` body; signatures and trailers fall away. */
export function dechunk(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = /^([0-9a-f]{1,8})(;.*)?$/i.exec(body.toString('latin1', at, lineEnd))?.[1];
    if (lineEnd < 0 || size === undefined) throw serializationError('Broken aws-chunked body');
    const start = lineEnd + 2;
    const end = start + Number.parseInt(size, 16);
    if (end > body.length) throw serializationError('Broken aws-chunked body');
    if (end === start) return Buffer.concat(parts);
    parts.push(body.subarray(start, end));
    at = end + 2;
  }
}

async function inflate(body: Buffer): Promise<Buffer> {
  try {
    return await unzip(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch {
    throw serializationError('Broken gzip body');
  }
}
