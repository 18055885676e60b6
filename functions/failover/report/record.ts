import {
  array,
  type InferOutput,
  nullable,
  number,
  object,
  omit,
  optional,
  picklist,
  string,
  unknown,
} from 'valibot';
import { FailoverSchema } from '../failover.ts';
import { FailoverOutcomeSchema } from '../failover-outcome.ts';
import { StepChangeSchema } from '../step-changes.ts';

/** When a run came how far, in ISO 8601; null where it did not. */
const PhasesSchema = object({
  detectedAt: nullable(string()),
  approvedAt: nullable(string()),
  startedAt: nullable(string()),
  switchedAt: nullable(string()),
  verifiedAt: nullable(string()),
});

/** A step in the record: its state before, its calls, its state now. */
const StepRecordSchema = object({
  stepId: string(),
  kind: string(),
  startedAt: string(),
  doneAt: nullable(string()),
  /** When an operator's word was taken that it is not to be waited for. */
  skippedAt: optional(nullable(string()), null),
  before: unknown(),
  decision: unknown(),
  calls: array(unknown()),
  after: unknown(),
  undo: unknown(),
});

/** The end of a failover: the one closing entry of its trail, and the report. */
export const ClosingRecordSchema = object({
  outcome: FailoverOutcomeSchema,
  executionArn: string(),
  at: string(),
  /** The plan of the run; null where it ended before it knew. */
  failover: nullable(omit(FailoverSchema, ['waves', 'targets'])),
  scenario: string(),
  kind: string(),
  failure: nullable(object({ Error: string(), Cause: string() })),
  phases: PhasesSchema,
  recoveryTimeSeconds: nullable(number()),
  /** Null where nothing was switched, or where nobody knows. */
  recoveryPointSeconds: nullable(number()),
  breaches: array(picklist(['RecoveryTime', 'RecoveryPoint'])),
  approval: unknown(),
  checks: array(unknown()),
  /** What operators changed of the run while it was under way. */
  changes: optional(array(StepChangeSchema), []),
  steps: array(StepRecordSchema),
});

/** The end of a failover. */
export type ClosingRecord = InferOutput<typeof ClosingRecordSchema>;

/** When a run came how far. */
export type Phases = InferOutput<typeof PhasesSchema>;

/** A step in the record. */
export type StepRecord = InferOutput<typeof StepRecordSchema>;
