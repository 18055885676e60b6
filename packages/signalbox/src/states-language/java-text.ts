import type { Json } from '../core/json.ts';
import { isJsonObject } from '../core/json.ts';

/** Writes a value as Java's maps and lists write themselves: `{Id=1, Names=[a, b]}`. */
export function javaText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => javaText(item)).join(', ')}]`;
  if (!isJsonObject(value)) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}=${javaText(member)}`);
  return `{${members.join(', ')}}`;
}
