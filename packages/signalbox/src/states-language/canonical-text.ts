import { jsonText } from '../core/exact-json/exact-number.ts';
import { isJsonObject, type Json } from '../core/json.ts';

/** Writes a value as text that is the same for equal values: the order of an object's members doesn't matter. */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalText(item)).join(',')}]`;
  if (!isJsonObject(value)) return jsonText(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}
