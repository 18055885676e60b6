import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** A digest that two requests share when they mean the same, in whatever order their members are written. */
export function requestDigest(request: JsonObject): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(request)))
    .digest('hex');
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return members.map(([name, member]) => [name, sorted(member)]);
}
