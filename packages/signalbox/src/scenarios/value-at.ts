import { isJsonObject, type Json } from '../core/json.ts';
import { ownMember } from '../core/names/own-member.ts';

/**
 * Finds the value at a path of keys and indices. A key may have dots itself: the longest one that fits is taken.
 * @param value Any JSON value.
 * @param path The path, such as `rds.web-data.writer`; empty for the value itself.
 * @returns The value; null where there is nothing.
 * @example
 * valueAt({ seats: [{ row: 4 }] }, 'seats.0.row'); // 4
 */
export function valueAt(value: Json, path: string): Json {
  if (path === '') return value;
  if (Array.isArray(value)) return valueAt(Object.fromEntries(value.entries()), path);
  if (!isJsonObject(value)) return null;
  const [key] = Object.keys(value)
    .filter((one) => path === one || path.startsWith(`${one}.`))
    .sort((a, b) => b.length - a.length);
  return key === undefined
    ? null
    : valueAt(ownMember(value, key) ?? null, path.slice(key.length + 1));
}
