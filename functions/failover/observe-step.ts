import type { FailoverStep } from './failover.ts';
import { type StepChanges, skippedText } from './step-changes.ts';
import type { Progress, StepKind, StepRun } from './steps/step-kind.ts';
import type { Before } from './trail.ts';

/** The state of a step. */
export interface ObservedStep extends Progress {
  readonly stepId: string;
  /** Whether it has more to call, since an operator has changed the way in which it is done. */
  readonly restarts?: true;
}

/**
 * Looks how far a step has come; a step that never began has failed, and one that an operator skips is done with.
 * @param run In the way that the step is done now.
 */
export async function observeStep(
  kind: StepKind,
  step: FailoverStep,
  run: StepRun,
  before: Before | undefined,
  { skip, ungraceful }: StepChanges = {},
): Promise<ObservedStep> {
  const { stepId } = step;
  if (skip !== undefined) return { stepId, status: 'done', detail: skippedText(skip) };
  if (before === undefined) return { stepId, status: 'failed', detail: 'It never began' };
  const state = await kind.stateOf(step, run, 'watch');
  const progress = kind.progress(step, before.decision, state);
  const restarts =
    ungraceful !== undefined &&
    progress.status === 'pending' &&
    kind.callsFor(step, before.decision, state, run).length > 0;
  return { stepId, ...progress, ...(restarts && { restarts }) };
}
