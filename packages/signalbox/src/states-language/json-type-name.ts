import { isJsonNumber } from '../core/exact-json/exact-number.ts';
import type { Json } from '../core/json.ts';

/** A JSON value's type as AWS's causes name it. */
export function jsonTypeName(value: Json): string {
  if (value === null) return 'null';
  if (isJsonNumber(value)) return 'number';
  return Array.isArray(value) ? 'array' : typeof value;
}
