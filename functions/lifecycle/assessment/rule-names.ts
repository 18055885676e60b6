import type { LifecycleRule } from '@aws-sdk/client-s3';

const MAX_NAMED = 3;

/** Names rules in a sentence, such as `rules "a" and "b"`; of many, the first three and how many more. */
export function rulesText(rules: readonly LifecycleRule[]): string {
  const ids = rules.map(({ ID: id = '' }) => `"${id}"`);
  const named = ids.slice(0, MAX_NAMED);
  const more = ids.length - named.length;
  const parts = more > 0 ? [...named, `${more} more`] : named;
  return `${ids.length === 1 ? 'rule' : 'rules'} ${listText(parts)}`;
}

/** Joins words as people do: `a`, `a and b`, `a, b and c`. */
export function listText(words: readonly string[]): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
