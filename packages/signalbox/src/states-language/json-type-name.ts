import type { Json } from '../core/json.ts';

/** A JSON value's type as AWS's causes name it. */
export function jsonTypeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
