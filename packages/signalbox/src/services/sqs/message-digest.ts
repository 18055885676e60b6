import { createHash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

/** Digests a message's body as SQS returns it in `MD5OfMessageBody`. */
export function digestBody(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

/**
 * Digests message attributes as SQS returns them in `MD5OfMessageAttributes`; undefined for none
 * (SQS Developer Guide, "Calculating the MD5 message digest for message attributes").
 */
export function digestAttributes(
  attributes: Readonly<Record<string, MessageAttributeValue>> | undefined,
): string | undefined {
  const entries = Object.entries(attributes ?? {}).sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  if (entries.length === 0) return undefined;
  const hash = createHash('md5');
  for (const [name, value] of entries) {
    hash.update(lengthPrefixed(name)).update(lengthPrefixed(value.DataType ?? ''));
    const isBinary = value.BinaryValue !== undefined;
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    hash.update(lengthPrefixed(value.BinaryValue ?? value.StringValue ?? ''));
  }
  return hash.digest('hex');
}

function lengthPrefixed(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
