import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../../core/aws-error.ts';

/** AWS: an item has 400 kB at most; the names around it take a few more. */
const MOST_BYTES = 400 * 1024 + 8 * 1024;
/** A shorter text is soon read. */
const LONG_TEXT = 512 * 1024;

const TYPES = new Set(['S', 'N', 'B', 'SS', 'NS', 'BS', 'L', 'M', 'BOOL', 'NULL']);
const LONGEST_TYPE = 4;

/** DynamoDB's refusal of an item of more than 400 kB. */
export function itemTooLarge(): AwsError {
  return new AwsError('ValidationException', 'Item size has exceeded the maximum allowed size');
}

/**
 * Refuses an item whose names and texts alone are too long: to parse one of hundreds of thousands of names takes a
 * while, and nobody takes it.
 * @param text The body of a call that may be PutItem.
 * @throws {AwsError} `ValidationException`.
 */
export function refuseLongItem(schema: NormalizedSchema, text: string): void {
  if (text.length < LONG_TEXT || schema.getName(true) !== PUT_ITEM) return;
  // What is escaped is shorter than it looks, and what an expression stands for belongs to no item.
  if (text.includes('\\') || text.includes('Expression')) return;
  if (isLonger(text, MOST_BYTES)) throw itemTooLarge();
}

const PUT_ITEM = 'com.amazonaws.dynamodb#PutItemInput';

function isFollowedByColon(text: string, end: number): boolean {
  return text.charAt(end + 1) === ':' || text.startsWith(' :', end + 1);
}

function isLonger(text: string, most: number): boolean {
  let bytes = 0;
  let type = '';
  let from = text.indexOf('"');
  while (from >= 0 && bytes <= most) {
    const to = text.indexOf('"', from + 1);
    if (to < 0) return false;
    const length = to - from - 1;
    const isName = isFollowedByColon(text, to);
    const word = isName && length <= LONGEST_TYPE ? text.slice(from + 1, to) : '';
    if (TYPES.has(word)) type = word;
    else if (isName || type.startsWith('S')) bytes += length;
    from = text.indexOf('"', to + 1);
  }
  return bytes > most;
}
