import { AwsError } from '../../../core/aws-error.ts';
import { isJsonObject, parseJson } from '../../../core/json.ts';

/** DynamoDB forgets an iterator after fifteen minutes. */
const LIFETIME_MS = 15 * 60_000;

/** A place in a stream's shard. */
export interface ShardPlace {
  readonly streamArn: string;
  /** The sequence number after which it reads on; empty at the shard's beginning. */
  readonly after: string;
}

/**
 * Writes a place as a shard iterator.
 * @param nowMs Time as a client has it, without what is skipped: its own pace must not make it late.
 */
export function toShardIterator({ streamArn, after }: ShardPlace, nowMs: number): string {
  const opaque = Buffer.from(JSON.stringify({ streamArn, after, atMs: nowMs })).toString('base64');
  return `${streamArn}|1|${opaque}`;
}

/**
 * Reads a shard iterator.
 * @throws {AwsError} `ExpiredIteratorException`; `ValidationException` for what is none.
 */
export function readShardIterator(iterator: string, nowMs: number): ShardPlace {
  const text = Buffer.from(iterator.split('|').at(-1) ?? '', 'base64').toString();
  const place = parseJson(text);
  if (!isJsonObject(place)) throw new AwsError('ValidationException', 'Invalid ShardIterator');
  const { streamArn, after, atMs } = place;
  if (typeof streamArn !== 'string' || typeof after !== 'string' || typeof atMs !== 'number') {
    throw new AwsError('ValidationException', 'Invalid ShardIterator');
  }
  if (nowMs - atMs > LIFETIME_MS) {
    throw new AwsError(
      'ExpiredIteratorException',
      'The shard iterator has expired and can no longer be used to retrieve stream records',
    );
  }
  return { streamArn, after };
}
