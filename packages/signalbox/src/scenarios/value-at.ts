import { isJsonObject, type Json } from '../core/json.ts';

/**
 * Finds the value at a path of keys and indices such as `rds.web-data.writer`; null where there is
 * nothing. A key may have dots itself: the longest one that fits is taken.
 */
export function valueAt(value: Json, path: string): Json {
  if (path === '') return value;
  if (Array.isArray(value)) return valueAt(Object.fromEntries(value.entries()), path);
  if (!isJsonObject(value)) return null;
  const [key] = Object.keys(value)
    .filter((one) => path === one || path.startsWith(`${one}.`))
    .sort((a, b) => b.length - a.length);
  return key === undefined ? null : valueAt(value[key] ?? null, path.slice(key.length + 1));
}
