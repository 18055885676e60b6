import { LockLostError } from '../errors.ts';
import type { FailoverStep } from '../failover.ts';
import type { ApiCall, Reversal, SentCall, StepKind, StepRun } from '../steps/step-kind.ts';
import type { Before } from '../trail.ts';

/** The result of undoing a step: with `pending`, the workflow calls again. */
export interface UndoneStep {
  readonly stepId: string;
  readonly status: 'nothing' | 'undone' | 'kept' | 'pending';
  readonly detail: string;
  readonly calls: readonly SentCall[];
}

/** The part of the audit trail that this function needs. */
export interface UndoTrail {
  readBefore(): Promise<Before | undefined>;
  /** Writes down what is about to be called. */
  appendUndoing(calls: readonly ApiCall[]): Promise<void>;
  appendUndid(calls: readonly SentCall[]): Promise<void>;
  /** Whether the run's end is being written down: it was stopped while this function was under way. */
  isClosing(): Promise<boolean>;
}

/**
 * Undoes a step where that is safe: writes down what it is about to call, and only then calls. Called
 * again, it makes only the calls that are still needed.
 * @throws {LockLostError} When the run has ended meanwhile.
 */
export async function undoStep(
  kind: StepKind,
  step: FailoverStep,
  run: StepRun,
  trail: UndoTrail,
): Promise<UndoneStep> {
  const { stepId } = step;
  const before = await trail.readBefore();
  if (before === undefined) {
    return { stepId, status: 'nothing', detail: 'It never began', calls: [] };
  }
  const since = { ...run, startedAt: new Date(before.at) };
  const first = await reversalOf(kind, step, since, before);
  if (first.kind !== 'calls')
    return { stepId, status: first.kind, detail: first.detail, calls: [] };
  await trail.appendUndoing(first.calls);
  // Asked after the entry was written: whoever writes down the end says so first and reads the entries then.
  if (await trail.isClosing()) {
    throw new LockLostError(`The run has ended before undoing step ${stepId} called anything`);
  }
  const calls: SentCall[] = [];
  try {
    for (const call of first.calls) {
      calls.push({ ...call, requestId: await kind.perform(call, run) });
    }
  } finally {
    if (calls.length > 0) await trail.appendUndid(calls);
  }
  const { kind: left, detail } = await reversalOf(kind, step, since, before);
  return { stepId, status: left === 'calls' ? 'pending' : left, detail, calls };
}

async function reversalOf(
  kind: StepKind,
  step: FailoverStep,
  run: StepRun,
  { before, decision }: Before,
): Promise<Reversal> {
  const state = await kind.stateOf(step, run, 'watch');
  return kind.reversal(step, decision, before, state, run);
}
