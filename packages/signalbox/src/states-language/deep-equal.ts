import { ExactNumber } from '../core/exact-json/exact-number.ts';
import type { Json } from '../core/json.ts';
import { isJsonObject } from '../core/json.ts';

/** Compares two JSON values by content; the order of an object's members doesn't matter. */
export function isDeepEqual(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (one instanceof ExactNumber) return other instanceof ExactNumber && one.text === other.text;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => isDeepEqual(item, other[at]));
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isDeepEqual(one[name], other[name]))
  );
}
