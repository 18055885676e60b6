import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { LifecycleConfiguration } from './bucket-facts.ts';

/** Writes a rule so that two which mean the same read the same, whatever the order of their fields. */
export function canonicalRule(rule: LifecycleRule): string {
  return JSON.stringify(canonical(rule));
}

/** Returns whether two lifecycles have the same rules, in any order, and the same setting. */
export function isSameLifecycle(
  a: LifecycleConfiguration | undefined,
  b: LifecycleConfiguration | undefined,
): boolean {
  return a?.minimumObjectSize === b?.minimumObjectSize && hasSameRules(a?.rules, b?.rules);
}

/** Returns whether two lists hold the same rules, in any order. */
export function hasSameRules(
  a: readonly LifecycleRule[] = [],
  b: readonly LifecycleRule[] = [],
): boolean {
  if (a.length !== b.length) return false;
  const texts = b.map(canonicalRule).sort();
  return a
    .map(canonicalRule)
    .sort()
    .every((text, index) => text === texts[index]);
}

function canonical(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) {
    // The order of transitions and tags has no meaning.
    return value.map((item) => JSON.stringify(canonical(item))).sort();
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0))
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([key, part]) => [key, canonical(part)]),
  );
}
