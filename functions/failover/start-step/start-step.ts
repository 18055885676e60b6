import { LockLostError, StepRefusedError } from '../errors.ts';
import type { FailoverStep } from '../failover.ts';
import { reasonChecks } from '../reason-checks.ts';
import {
  type ApiCall,
  isRefusal,
  type Progress,
  type SentCall,
  type StepKind,
  type StepRun,
} from '../steps/step-kind.ts';
import type { Before } from '../trail.ts';

/** The part of the audit trail that this function needs. */
export interface Trail {
  readBefore(): Promise<Before | undefined>;
  /** Returns what the trail holds now, whether or not an earlier attempt wrote it. */
  appendBefore(before: Before): Promise<Before>;
  appendCalled(calls: readonly SentCall[]): Promise<void>;
  /** Whether the run's end is being written down: it was stopped while this function was under way. */
  isClosing(): Promise<boolean>;
}

/** The state of a step once it was started. */
export interface StartedStep extends Progress {
  readonly stepId: string;
  readonly calls: readonly SentCall[];
}

/** Errors of RDS that say that a failover is under way already, or that another operation is. */
const BUSY_ERRORS = new Set(['InvalidDBClusterStateFault', 'InvalidGlobalClusterStateFault']);

/**
 * Starts a step: writes down what was there before and what is decided, and only then makes the calls.
 * Called again, it goes by what was decided first, and makes only the calls that are still needed.
 * @throws {StepRefusedError} When the pre-conditions no longer hold.
 * @throws {LockLostError} When the run has ended meanwhile.
 */
export async function startStep(
  kind: StepKind,
  step: FailoverStep,
  run: StepRun,
  trail: Trail,
): Promise<StartedStep> {
  const known = await trail.readBefore();
  const state = await kind.stateOf(step, run, known === undefined ? 'judge' : 'watch');
  const before = known ?? (await trail.appendBefore(await decide(kind, step, state, run)));
  const needed = kind.callsFor(step, before.decision, state, run);
  // Asked after the entry was written: whoever writes down the end says so first and reads the entries then.
  if (needed.length > 0 && (await trail.isClosing())) {
    throw new LockLostError(`The run has ended before step ${step.stepId} called anything`);
  }
  const calls: SentCall[] = [];
  try {
    for (const call of needed) {
      calls.push(await sent(kind, step, before, call, run));
    }
  } finally {
    if (calls.length > 0) await trail.appendCalled(calls);
  }
  const progress =
    calls.length === 0
      ? kind.progress(step, before.decision, state)
      : ({ status: 'pending', detail: calls.map(({ action }) => action).join(', ') } as const);
  return { stepId: step.stepId, calls, ...progress };
}

async function decide(
  kind: StepKind,
  step: FailoverStep,
  state: unknown,
  run: StepRun,
): Promise<Before> {
  const { checks, decision } = kind.judge(step, state, run);
  const reasons = await reasonChecks(step.stepId, run);
  const refused = [...reasons, ...checks].filter(isRefusal);
  if (decision === undefined || refused.length > 0) {
    const why = refused.map(({ name, detail }) => `${name}: ${detail}`).join('; ');
    throw new StepRefusedError(`Step ${step.stepId} can no longer start: ${why}`);
  }
  return {
    at: run.now.toISOString(),
    stepId: step.stepId,
    kind: step.kind,
    before: state,
    decision,
    calls: [...kind.callsFor(step, decision, state, run)],
  };
}

/** Makes the call; where RDS is busy with what an earlier attempt began, there is nothing left to call. */
async function sent(
  kind: StepKind,
  step: FailoverStep,
  { decision }: Before,
  call: ApiCall,
  run: StepRun,
): Promise<SentCall> {
  try {
    return { ...call, requestId: await kind.perform(call, run) };
  } catch (error) {
    if (!(error instanceof Error) || !BUSY_ERRORS.has(error.name)) throw error;
    const state = await kind.stateOf(step, run, 'watch');
    if (kind.callsFor(step, decision, state, run).length > 0) {
      throw new StepRefusedError(`${call.action} was refused: ${error.message}`, { cause: error });
    }
    return { ...call, requestId: 'under way before this call' };
  }
}
