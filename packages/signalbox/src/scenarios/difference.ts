import { isJsonObject, type Json } from '../core/json.ts';

/**
 * Compares two values.
 * @param what Names what is compared, such as `messages in Letters`.
 * @param expected The value that must be there.
 * @param got The value that is there.
 * @returns One line where they differ; none where they are equal.
 * @example
 * difference('seats', 2, 3); // ['seats: expected 2, got 3']
 */
export function difference(
  what: string,
  expected: string | number,
  got: string | number,
): readonly string[] {
  return expected === got ? [] : [`${what}: expected ${expected}, got ${got}`];
}

/**
 * Writes words sorted, so that lists are equal in any order.
 * @param words The words.
 * @returns The words with commas between them; `none` where there is none.
 * @example
 * sortedText(['b', 'a']); // a, b
 */
export function sortedText(words: readonly string[]): string {
  return [...words].sort().join(', ') || 'none';
}

/** Writes a value: a text as it is, anything else as JSON. */
export function jsonText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Compares a text with a pattern.
 * @param pattern A text in which `*` stands for whatever is there.
 * @param text The text.
 * @returns Whether the whole text fits.
 * @example
 * isLike('reports/*.md', 'reports/2026/one.md'); // true
 */
export function isLike(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}

/** Whether a value has all that is expected of it: an object may have more keys than are named. */
export function contains(value: Json, expected: Json): boolean {
  if (isJsonObject(expected)) {
    return (
      isJsonObject(value) &&
      Object.entries(expected).every(
        ([key, one]) => Object.hasOwn(value, key) && contains(value[key] ?? null, one),
      )
    );
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(value) &&
      value.length === expected.length &&
      expected.every((one: Json, index) => contains(value[index] ?? null, one))
    );
  }
  return value === expected;
}

/** Gives each expected thing the first that fits it and is not taken yet. */
export function pair<E, T>(
  expected: readonly E[],
  things: readonly T[],
  isFit: (one: E, thing: T) => boolean,
): { readonly missing: readonly E[]; readonly left: readonly T[] } {
  const left = [...things];
  const missing = expected.filter((one) => {
    const index = left.findIndex((thing) => isFit(one, thing));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return { missing, left };
}
