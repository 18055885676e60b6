import type { LifecycleRule } from '@aws-sdk/client-s3';
import { holdsSize, isForAnyKey, isWhole, scopeOf, scopeText } from './scope.ts';

/** AWS: the largest object, 50 TB since December 2025. */
const LARGEST_BYTES = 50 * 1024 ** 4;

/** The rules in force. */
export function enabledRules(rules: readonly LifecycleRule[]): readonly LifecycleRule[] {
  return rules.filter(({ Status: status }) => status === 'Enabled');
}

/**
 * The rules that hold for objects of any key and without tags, once for each size that makes a
 * difference, from `fromBytes` on. Whatever is promised to such objects is promised to all: another
 * object matches these rules, and perhaps more.
 */
export function rulesForAnyObject(
  rules: readonly LifecycleRule[],
  fromBytes: number,
): readonly (readonly LifecycleRule[])[] {
  const general = enabledRules(rules)
    .map((rule) => ({ rule, scope: scopeOf(rule) }))
    .filter(({ scope }) => isForAnyKey(scope));
  const edges = general.flatMap(({ scope: { largerThan, smallerThan } }) => [
    ...(largerThan === undefined ? [] : [largerThan, largerThan + 1]),
    ...(smallerThan === undefined ? [] : [smallerThan - 1, smallerThan]),
  ]);
  const sizes = new Set([
    fromBytes,
    LARGEST_BYTES,
    ...edges.filter((bytes) => bytes > fromBytes && bytes < LARGEST_BYTES),
  ]);
  return [...sizes].map((bytes) =>
    general.filter(({ scope }) => holdsSize(scope, bytes)).map(({ rule }) => rule),
  );
}

/** The rules that hold for every upload or delete marker, which have neither tags nor a size. */
export function rulesForEverything(rules: readonly LifecycleRule[]): readonly LifecycleRule[] {
  return enabledRules(rules).filter((rule) => isWhole(scopeOf(rule)));
}

/** Which part of a bucket the rules in force that move objects are about. */
export type Coverage =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole' }
  /** At most the first ten parts, as people read them. */
  | { readonly kind: 'partial'; readonly parts: readonly string[] };

const MAX_PARTS = 10;

/** Says which part of a bucket the rules in force that move objects are about. */
export function coverageOf(rules: readonly LifecycleRule[], ignoredBelowBytes: number): Coverage {
  const moving = enabledRules(rules).filter(({ Transitions: to = [] }) => to.length > 0);
  if (moving.length === 0) return { kind: 'none' };
  const isAnyMoved = rulesForAnyObject(moving, ignoredBelowBytes).every((some) => some.length > 0);
  if (isAnyMoved) return { kind: 'whole' };
  const parts = new Set(moving.map((rule) => scopeText(scopeOf(rule))));
  return { kind: 'partial', parts: [...parts].slice(0, MAX_PARTS) };
}
