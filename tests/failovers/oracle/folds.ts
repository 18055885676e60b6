import type { Failover } from '../../../functions/failover/failover.ts';
import type { ClosingRecord } from '../../../functions/failover/report/record.ts';
import {
  beforesOf,
  claimantOf,
  failoverOf,
  lockOf,
  recordOf,
} from '../../../functions/failover/report/trail-folds.ts';
import type { Before } from '../../../functions/failover/trail.ts';
import type { Fact, Observation, SeenFailover } from './observation.ts';

/** A failover with what its trail comes to. */
export interface ReadFailover extends SeenFailover {
  /** The execution that claimed it. */
  readonly executionArn: string | undefined;
  /** The task that it had; undefined if it never came so far. */
  readonly failover: Failover | undefined;
  readonly lockedTargets: readonly string[];
  readonly befores: readonly Before[];
  readonly record: ClosingRecord | undefined;
}

/** Reads the trails of all failovers. */
export function readFailovers({ failovers }: Observation): readonly ReadFailover[] {
  return failovers.map((seen) => ({
    ...seen,
    executionArn: claimantOf(seen.entries),
    failover: failoverOf(seen.entries),
    lockedTargets: lockOf(seen.entries)?.targets ?? [],
    befores: beforesOf(seen.entries),
    record: recordOf(seen.entries),
  }));
}

/** The index of an entry among the facts; undefined if it was not written. */
export function indexOfEntry(
  facts: readonly Fact[],
  failoverId: string,
  entryId: string,
): number | undefined {
  return facts.find(
    (fact) => fact.kind === 'entry' && fact.failoverId === failoverId && fact.entryId === entryId,
  )?.index;
}
