import { readableCause } from '../../shared/readable-cause.ts';
import type { Failover } from '../failover.ts';
import type { FailoverOutcome } from '../failover-outcome.ts';
import { modeOf } from '../step-changes.ts';
import { findStepKind } from '../steps/step-kinds.ts';
import type { Before, TrailEntry } from '../trail.ts';
import type { ClosingRecord, Phases, StepRecord } from './record.ts';
import { beforesOf, changesOf, changesOfStep } from './trail-folds.ts';

/** The facts about the end. */
export interface End {
  readonly outcome: FailoverOutcome;
  readonly executionArn: string;
  readonly now: string;
  readonly scenario?: string | undefined;
  readonly failure?:
    | { readonly Error: string; readonly Cause?: string | null | undefined }
    | null
    | undefined;
  readonly phases?: { readonly [Name in keyof Phases]?: string | null | undefined } | undefined;
  readonly approval?: unknown;
  readonly checks?: readonly unknown[] | undefined;
}

/** Makes the closing record of a run from its trail; `after` holds each started step's present state. */
export function closingRecord(
  end: End,
  failover: Failover | undefined,
  trail: readonly TrailEntry[],
  after: ReadonlyMap<string, unknown>,
): ClosingRecord {
  const phases = phasesOf(end, failover, trail);
  const recoveryTimeSeconds = secondsBetween(phases.detectedAt, phases.verifiedAt);
  const recoveryPointSeconds = failover === undefined ? null : recoveryPoint(trail, failover);
  const isCompleted = end.outcome === 'completed';
  return {
    outcome: end.outcome,
    executionArn: end.executionArn,
    at: end.now,
    failover: failover === undefined ? null : withoutSteps(failover),
    scenario: failover?.scenario ?? end.scenario ?? 'unknown',
    kind: failover?.kind ?? 'unknown',
    failure: end.failure ? readableFailure(end.failure) : null,
    phases,
    recoveryTimeSeconds: isCompleted ? recoveryTimeSeconds : null,
    recoveryPointSeconds: isCompleted ? recoveryPointSeconds : null,
    breaches:
      failover !== undefined && isCompleted
        ? breachesOf(failover, recoveryTimeSeconds, recoveryPointSeconds)
        : [],
    approval: end.approval ?? null,
    checks: [...(end.checks ?? [])],
    changes: [...changesOf(trail)],
    steps: beforesOf(trail).map((before) => stepRecord(before, trail, after)),
  };
}

function withoutSteps({ waves: _, targets: __, ...rest }: Failover): ClosingRecord['failover'] {
  return rest;
}

/** The workflow's own times; of a run that died, as far as the trail has them. */
function phasesOf(end: End, failover: Failover | undefined, trail: readonly TrailEntry[]): Phases {
  const [first] = beforesOf(trail);
  return {
    detectedAt: failover?.detectedAt ?? null,
    approvedAt: end.phases?.approvedAt ?? null,
    startedAt: end.phases?.startedAt ?? first?.at ?? null,
    switchedAt: end.phases?.switchedAt ?? null,
    verifiedAt: end.phases?.verifiedAt ?? null,
  };
}

function secondsBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  // A clock elsewhere may have been ahead of ours when it noticed.
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000);
}

/** The most that any step may have lost; unknown as soon as one is. */
function recoveryPoint(trail: readonly TrailEntry[], failover: Failover): number | null {
  const points = beforesOf(trail).map(
    ({ kind, before, stepId }) =>
      findStepKind(kind)?.recoveryPointSeconds(before, {
        mode: modeOf(failover.mode, changesOfStep(trail, stepId)),
      }) ?? null,
  );
  const known = points.filter((seconds) => seconds !== null);
  return known.length < points.length || points.length === 0 ? null : Math.max(...known);
}

function breachesOf(
  { objectives }: Failover,
  timeSeconds: number | null,
  pointSeconds: number | null,
): ClosingRecord['breaches'] {
  const isLate = timeSeconds !== null && timeSeconds > objectives.recoveryTimeSeconds;
  const isLossy = pointSeconds !== null && pointSeconds > objectives.recoveryPointSeconds;
  return [
    ...(isLate ? (['RecoveryTime'] as const) : []),
    ...(isLossy ? (['RecoveryPoint'] as const) : []),
  ];
}

function stepRecord(
  { stepId, kind, at, before, decision, calls: planned }: Before,
  trail: readonly TrailEntry[],
  after: ReadonlyMap<string, unknown>,
): StepRecord {
  const called = callsOf(trail, `called#${stepId}#`);
  const isAbout = (word: string) => (entry: TrailEntry) => entry.entryId === `${word}#${stepId}`;
  return {
    stepId,
    kind,
    startedAt: at,
    doneAt: trail.find(isAbout('done'))?.at ?? null,
    skippedAt: trail.find(isAbout('skipped'))?.at ?? null,
    before,
    decision,
    // A run that was stopped amid its call has written down only what it was about to call.
    calls: called.length > 0 ? [...called] : planned,
    after: after.get(stepId) ?? null,
    undo: undoOf(trail, stepId),
  };
}

function callsOf(trail: readonly TrailEntry[], beginning: string): readonly unknown[] {
  return trail
    .filter(({ entryId }) => entryId.startsWith(beginning))
    .flatMap((entry) => (Array.isArray(entry['calls']) ? entry['calls'] : []));
}

/** The result of undoing a step; of a run that was stopped amid it, the call that came next. */
function undoOf(trail: readonly TrailEntry[], stepId: string): unknown {
  const beginning = `undoing#${stepId}#`;
  const begun = trail.findLast(({ entryId }) => entryId.startsWith(beginning));
  const ended = trail.find(({ entryId }) => entryId === `undo#${stepId}`);
  const last = ended ?? begun;
  if (last === undefined) return null;
  const sent = callsOf(trail, `undid#${stepId}#`);
  return {
    at: last.at,
    status: ended?.['status'] ?? 'begun',
    detail: ended?.['detail'] ?? 'The run ended before it was known what came of it',
    calls: sent.length > 0 ? sent : callsOf(trail, beginning),
  };
}

/** A function's error comes as JSON text with its message among a stack trace; at most 2,000 characters. */
function readableFailure({ Error: error, Cause: cause }: NonNullable<End['failure']>): {
  readonly Error: string;
  readonly Cause: string;
} {
  return { Error: error, Cause: readableCause(cause, 2_000) };
}
