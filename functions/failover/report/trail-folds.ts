import { type InferOutput, safeParse } from 'valibot';
import type { Failover } from '../failover.ts';
import { type StepChange, StepChangeSchema, type StepChanges } from '../step-changes.ts';
import {
  type Before,
  BeforeSchema,
  ClaimantSchema,
  ClaimSchema,
  LockEntrySchema,
  STEP_ENDS,
  type StepEnd,
  type TrailEntry,
} from '../trail.ts';
import { type ClosingRecord, ClosingRecordSchema } from './record.ts';

/** The execution whose failover it is; undefined while it is nobody's. */
export function claimantOf(trail: readonly TrailEntry[]): string | undefined {
  const parsed = safeParse(ClaimantSchema, entryOf(trail, 'claim'));
  return parsed.success ? parsed.output.executionArn : undefined;
}

/** The plan of the run; undefined where it ended before it could say. */
export function failoverOf(trail: readonly TrailEntry[]): Failover | undefined {
  const parsed = safeParse(ClaimSchema, entryOf(trail, 'claim'));
  return parsed.success ? parsed.output.failover : undefined;
}

/** The run's locks as it took them; undefined where it took none. */
export function lockOf(
  trail: readonly TrailEntry[],
): InferOutput<typeof LockEntrySchema> | undefined {
  const parsed = safeParse(LockEntrySchema, entryOf(trail, 'lock'));
  return parsed.success ? parsed.output : undefined;
}

/** The closing of the run; undefined while it was not closed. */
export function recordOf(trail: readonly TrailEntry[]): ClosingRecord | undefined {
  const parsed = safeParse(ClosingRecordSchema, entryOf(trail, 'closed'));
  return parsed.success ? parsed.output : undefined;
}

/** The findings of every started step, the first first. */
export function beforesOf(trail: readonly TrailEntry[]): readonly Before[] {
  return trail.flatMap((entry) => {
    if (!entry.entryId.startsWith('before#')) return [];
    const parsed = safeParse(BeforeSchema, entry);
    return parsed.success ? [parsed.output] : [];
  });
}

/** What operators changed of the run's steps, the first first. */
export function changesOf(trail: readonly TrailEntry[]): readonly StepChange[] {
  return trail.flatMap((entry) => {
    if (!entry.entryId.startsWith('operator#')) return [];
    const parsed = safeParse(StepChangeSchema, entry);
    return parsed.success ? [parsed.output] : [];
  });
}

/** What operators changed of one step. */
export function changesOfStep(trail: readonly TrailEntry[], stepId: string): StepChanges {
  const changes = changesOf(trail).filter((change) => change.stepId === stepId);
  const made = (action: StepChange['action']) => changes.find((change) => change.action === action);
  return { skip: made('skip'), ungraceful: made('ungraceful') };
}

/** How a step has ended; undefined where it has not. */
export function endOfStep(
  trail: readonly TrailEntry[],
  stepId: string,
): StepEnd['word'] | undefined {
  return STEP_ENDS.find((word) => entryOf(trail, `${word}#${stepId}`) !== undefined);
}

function entryOf(trail: readonly TrailEntry[], id: string): TrailEntry | undefined {
  return trail.find(({ entryId }) => entryId === id);
}
