import { type InferOutput, safeParse } from 'valibot';
import { type Failover, FailoverSchema } from '../../functions/failover/failover.ts';
import { type ClosingRecord, ClosingRecordSchema } from '../../functions/failover/report/record.ts';
import { claimantOf } from '../../functions/failover/report/trail-folds.ts';
import {
  type Before,
  BeforeSchema,
  LockEntrySchema,
  type TrailEntry,
  TrailEntrySchema,
} from '../../functions/failover/trail.ts';
import type { Item } from './stack-records.ts';

/** A run as its audit trail has it so far. */
export interface FailoverRun {
  readonly failoverId: string;
  /** The execution that runs it, known from its claim on. */
  readonly executionArn: string | undefined;
  /** What it is to do; undefined where it ended before that was known. */
  readonly claim: Failover | undefined;
  readonly lock: InferOutput<typeof LockEntrySchema> | undefined;
  /** The steps that began, in their order. */
  readonly steps: readonly RunStep[];
  /** The end; undefined while it goes on. */
  readonly closed: ClosingRecord | undefined;
  /** In the order of time. */
  readonly trail: readonly TrailEntry[];
}

/** A step of a run that has begun. */
export interface RunStep {
  readonly before: Before;
  readonly doneAt: string | undefined;
  readonly isUndone: boolean;
}

/** Folds the items of the table into runs, the newest first. What is kept of the plan is none. */
export function runsIn(items: readonly Item[]): readonly FailoverRun[] {
  const byId = new Map<string, TrailEntry[]>();
  for (const item of items) {
    const read = safeParse(TrailEntrySchema, item);
    if (!read.success || /^plan(:|$)/.test(read.output.failoverId)) continue;
    const { failoverId } = read.output;
    byId.set(failoverId, [...(byId.get(failoverId) ?? []), read.output]);
  }
  return [...byId]
    .map(([failoverId, entries]) => runOf(failoverId, entries))
    .sort((a, b) => (firstAt(a) < firstAt(b) ? 1 : -1));
}

/** Folds the entries of one failover. */
export function runOf(failoverId: string, entries: readonly TrailEntry[]): FailoverRun {
  const trail = entries.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const entry = (id: string) => trail.find(({ entryId }) => entryId === id);
  const claim = safeParse(FailoverSchema, entry('claim')?.['failover']);
  const lock = safeParse(LockEntrySchema, entry('lock'));
  const end = trail.find(({ entryId }) => entryId === 'closed' || entryId.startsWith('ended#'));
  const closed = safeParse(ClosingRecordSchema, end);
  return {
    failoverId,
    executionArn: claimantOf(trail) ?? (closed.success ? closed.output.executionArn : undefined),
    claim: claim.success ? claim.output : undefined,
    lock: lock.success ? lock.output : undefined,
    steps: stepsIn(trail),
    closed: closed.success ? closed.output : undefined,
    trail,
  };
}

function stepsIn(trail: readonly TrailEntry[]): readonly RunStep[] {
  return trail.flatMap((entry) => {
    if (!entry.entryId.startsWith('before#')) return [];
    const before = safeParse(BeforeSchema, entry);
    if (!before.success) return [];
    const { stepId } = before.output;
    const done = trail.find(({ entryId }) => entryId === `done#${stepId}`);
    const isUndone = trail.some(({ entryId }) => entryId === `undo#${stepId}`);
    return [{ before: before.output, doneAt: done?.at, isUndone }];
  });
}

function firstAt({ claim, trail }: FailoverRun): string {
  return claim?.detectedAt ?? trail[0]?.at ?? '';
}
