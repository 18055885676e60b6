import { ExactNumber } from './exact-json/exact-number.ts';
import { lookThrough } from './exact-json/look-through.ts';
import { readExact } from './exact-json/read-exact.ts';

/** Any value that survives a JSON round trip. */
export type Json = string | number | boolean | null | ExactNumber | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * Tells a JSON object from every other JSON value.
 * @param value Any JSON value, or undefined where there is none.
 * @returns Whether it is an object: no list, and not null.
 * @example
 * isJsonObject({ seats: 2 }); // true
 */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof ExactNumber)
  );
}

/**
 * The levels of arrays and objects that a JSON text may have. EventBridge documents 1,000 for
 * PutEvents, and it is the bound of the parser that AWS's services name in their messages.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const MAX_JSON_DEPTH = 1000;

/**
 * Reads JSON text.
 * @param text The text.
 * @returns Its value; undefined where it is no JSON, or deeper than `MAX_JSON_DEPTH`.
 * @example
 * const value = parseJson('{"seats": 2}');
 */
export function parseJson(text: string): Json | undefined {
  return isTooDeep(text) ? undefined : parsed(text);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads JSON text as `parseJson` does, but each number digit for digit and each name in its place. */
export function parsePayload(text: string): Json | undefined {
  const { isTooDeep, isChanged } = lookThrough(text, MAX_JSON_DEPTH);
  const value = isTooDeep ? undefined : parsed(text);
  return value !== undefined && isChanged ? readExact(text) : value;
}

/** Reads the text of a payload that is known to be JSON. @throws {SyntaxError} Where it is none. */
export function ownPayload(text: string): Json {
  const value: Json = JSON.parse(text);
  return lookThrough(text, Number.POSITIVE_INFINITY).isChanged ? readExact(text) : value;
}

/** Says whether a text opens more than `MAX_JSON_DEPTH` arrays and objects within one another. */
export function isTooDeep(text: string): boolean {
  return text.length > MAX_JSON_DEPTH && lookThrough(text, MAX_JSON_DEPTH).isTooDeep;
}
