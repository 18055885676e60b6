import { ExactNumber } from './exact-json/exact-number.ts';
import { isJsonObject, type Json, MAX_JSON_DEPTH } from './json.ts';

/** AWS's quota for a task's, state's or execution's input or output. */
export const MAX_PAYLOAD_BYTES = 262_144;

/**
 * Says whether a value's JSON text is over 256 KiB of UTF-8, or deeper than a JSON text may be;
 * stops counting as soon as it is.
 */
export function exceedsPayloadLimit(value: Json): boolean {
  return countBytes(value, MAX_PAYLOAD_BYTES, 0) < 0;
}

/** The cause of a failure by that limit, as AWS writes it; the name is the state's, service's or function's. */
export function tooLargeResult(name: string): string {
  return `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
}

/** What is left where a value fits nowhere. */
const TOO_DEEP = -1;

/** Counts down what a value takes of the bytes left; below zero it no longer fits. */
function countBytes(value: Json, bytesLeft: number, depth: number): number {
  if (typeof value === 'string') return bytesLeft - textBytes(value);
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber)
    return bytesLeft - String(value).length;
  if (depth === MAX_JSON_DEPTH) return TOO_DEEP;
  return Array.isArray(value)
    ? countArray(value, bytesLeft, depth + 1)
    : countObject(value, bytesLeft, depth + 1);
}

function countArray(items: readonly Json[], bytesLeft: number, depth: number): number {
  let left = bytesLeft - 1 - Math.max(1, items.length);
  for (const item of items) {
    left = countBytes(item, left, depth);
    if (left < 0) break;
  }
  return left;
}

function countObject(value: Json, bytesLeft: number, depth: number): number {
  let left = bytesLeft - 1;
  if (!isJsonObject(value)) return left;
  let members = 0;
  for (const name in value) {
    left = countBytes(value[name] ?? null, left - textBytes(name) - 2, depth);
    members++;
    if (left < 0) break;
  }
  return members === 0 ? left - 1 : left;
}

/** The bytes of a JSON string with its quotes; exact for what needs no escape beyond one character and is not too long anyway. */
function textBytes(text: string): number {
  if (text.length > MAX_PAYLOAD_BYTES) return text.length;
  let bytes = 2;
  for (let at = 0; at < text.length; at++) bytes += charBytes(text.charCodeAt(at));
  return bytes;
}

function charBytes(code: number): number {
  if (code < 0x20) return 2;
  if (code < 0x80) return code === 0x22 || code === 0x5c ? 2 : 1;
  if (code < 0x800) return 2;
  // Each half of a surrogate pair counts two of the pair's four bytes.
  return code >= 0xd800 && code < 0xe000 ? 2 : 3;
}
