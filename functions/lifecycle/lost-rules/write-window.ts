import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { LifecycleConfiguration } from '../assessment/bucket-facts.ts';
import { foreignRules, OWN_RULE_ID, withNewForm } from '../assessment/proposal/propose.ts';
import { hasSameRules } from '../assessment/same-rules.ts';
import type { ForeignWrite, LifecycleDecision } from '../repair/lifecycle-write.ts';
import { isMadeFrom } from './made-from.ts';
import { mergeRules } from './merge-rules.ts';

/** AWS: "Bucket configurations have an eventual consistency model": a read may miss what is this old. */
export const PROPAGATION_MS = 5 * 60_000;

/** A write whose end was never noted is over by then: no function of ours runs longer. */
export const LONGEST_WRITE_MS = 2 * 60_000;

/** CloudTrail cuts its times to the second. */
const SECOND_MS = 1_000;

/** A write of ours that may have overtaken somebody. */
export interface KnownWrite {
  readonly writeId: string;
  readonly readAtMs: number;
  /** Undefined where the write's end was never noted. */
  readonly writtenAtMs: number | undefined;
  readonly base: LifecycleConfiguration | undefined;
  readonly written: LifecycleConfiguration | undefined;
  /** The last one that it is known to have overtaken. */
  readonly overtaken: ForeignWrite | undefined;
}

/** Returns whether a write of ours may have overtaken what somebody put at a time of CloudTrail's. */
export function mayOvertake(
  { readAtMs, writtenAtMs }: Pick<KnownWrite, 'readAtMs' | 'writtenAtMs'>,
  eventAtMs: number,
): boolean {
  return (
    eventAtMs + SECOND_MS >= readAtMs - PROPAGATION_MS &&
    eventAtMs <= (writtenAtMs ?? readAtMs + LONGEST_WRITE_MS)
  );
}

/**
 * The lifecycle to put so that nothing of somebody's write is lost, and which of our writes
 * overtook it.
 */
export interface BroughtBack {
  readonly decision: LifecycleDecision;
  readonly overtakenBy: readonly KnownWrite[];
}

/**
 * Decides what to put so that somebody's write is in it, whichever of our writes may have overtaken it.
 * Our own rule stays as it is: whether it still fits is for the next audit to say.
 */
export function bringBack(
  current: LifecycleConfiguration | undefined,
  theirs: ForeignWrite,
  writes: readonly KnownWrite[],
): BroughtBack {
  const own = (current?.rules ?? []).filter(({ ID: id }) => id === OWN_RULE_ID);
  const before = foreignRules(current?.rules ?? []).map(withNewForm);
  const overtakenBy: KnownWrite[] = [];
  let merged: readonly LifecycleRule[] = before;
  for (const write of writes) {
    if (!mayOvertake(write, theirs.atMs) || isOlderThanKnown(write, theirs)) continue;
    const relation = relationOf(write, theirs);
    merged = mergeInto(merged, theirs, write, relation);
    if (relation === 'overtaken') overtakenBy.push(write);
  }
  return { decision: decisionOf(before, merged.map(withNewForm), own, current), overtakenBy };
}

function decisionOf(
  before: readonly LifecycleRule[],
  merged: readonly LifecycleRule[],
  own: readonly LifecycleRule[],
  current: LifecycleConfiguration | undefined,
): LifecycleDecision {
  if (hasSameRules(before, merged)) return { kind: 'leave', why: 'nothing was lost' };
  const rules = [...merged, ...own];
  if (rules.length === 0) return { kind: 'write', configuration: undefined };
  const minimumObjectSize = current?.minimumObjectSize;
  return { kind: 'write', configuration: { rules, minimumObjectSize } };
}

/** Whoever wrote later, and was overtaken too, had this write before their eyes. */
function isOlderThanKnown({ overtaken }: KnownWrite, { atMs }: ForeignWrite): boolean {
  return overtaken !== undefined && overtaken.atMs > atMs;
}

/**
 * The place of somebody's write relative to one of ours: before it was read, and perhaps not seen; between its read
 * and its end; or after it, when theirs holds all that ours changed.
 */
type Relation = 'unseen' | 'overtaken' | 'after';

function relationOf(write: KnownWrite, theirs: ForeignWrite): Relation {
  if (theirs.atMs + SECOND_MS < write.readAtMs) return 'unseen';
  return isMadeFrom(write, theirs.rules) ? 'after' : 'overtaken';
}

function mergeInto(
  current: readonly LifecycleRule[],
  { rules }: ForeignWrite,
  { base, written, overtaken }: KnownWrite,
  relation: Relation,
): readonly LifecycleRule[] {
  const theirs = foreignRules(rules);
  const read = foreignRules(base?.rules ?? []);
  if (relation === 'overtaken') {
    return mergeRules({ base: overtaken?.rules ?? read, theirs, current });
  }
  // Nothing was lost, unless it looks otherwise than it is: then only what is missing counts, for what
  // they took away somebody may have brought back.
  const seen = relation === 'after' ? foreignRules(written?.rules ?? []) : read;
  return mergeRules({ base: seen, theirs: [...theirs, ...missingIn(theirs, seen)], current });
}

function missingIn(
  rules: readonly LifecycleRule[],
  others: readonly LifecycleRule[],
): readonly LifecycleRule[] {
  const ids = new Set(rules.map(({ ID: id }) => id));
  return others.filter(({ ID: id }) => !ids.has(id));
}
