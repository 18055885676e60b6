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
 * Reads JSON text.
 * @param text The text.
 * @returns Its value; undefined where it is no JSON.
 * @example
 * const value = parseJson('{"seats": 2}');
 */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
