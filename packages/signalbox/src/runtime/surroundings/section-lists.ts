import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** Reads a list of a section that nobody has checked yet; what is no list is left to the check. */
export function listIn(section: JsonObject, name: string): readonly Json[] {
  const list = section[name];
  return Array.isArray(list) ? list : [];
}

/**
 * Puts what the template has among what the file has. Where both describe one thing, the file's fields
 * stay that the template does not say, such as its load.
 * @param keys The fields that tell one thing from another.
 */
export function mergedList(
  ofFile: readonly Json[],
  ofTemplate: readonly JsonObject[],
  keys: readonly string[],
): readonly Json[] {
  const isSame = (one: Json, other: JsonObject): boolean =>
    isJsonObject(one) && keys.every((key) => one[key] === other[key]);
  const merged = ofFile.map((one) => {
    const same = ofTemplate.find((other) => isSame(one, other));
    return same !== undefined && isJsonObject(one) ? { ...one, ...same } : one;
  });
  return [...merged, ...ofTemplate.filter((other) => !ofFile.some((one) => isSame(one, other)))];
}

/** Leaves out what a resource does not say. */
export function said(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const object: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) object[name] = value;
  return object;
}
