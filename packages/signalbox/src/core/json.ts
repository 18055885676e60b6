/** Any value that survives a JSON round trip. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

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
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Says whether a text opens more than `MAX_JSON_DEPTH` arrays and objects within one another. */
export function isTooDeep(text: string): boolean {
  if (text.length <= MAX_JSON_DEPTH) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') depth -= 1;
    if (depth > MAX_JSON_DEPTH) return true;
  }
  return false;
}

/** Where the closing quote of a string stands; behind the text where there is none. */
function endOfString(text: string, start: number): number {
  let at = start;
  do at = text.indexOf('"', at + 1);
  while (at >= 0 && isEscaped(text, at));
  return at < 0 ? text.length : at;
}

/** An odd number of backslashes before a quote makes it part of the string. */
function isEscaped(text: string, quote: number): boolean {
  let at = quote;
  while (text[at - 1] === '\\') at -= 1;
  return (quote - at) % 2 === 1;
}
