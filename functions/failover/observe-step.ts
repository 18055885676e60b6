import type { FailoverStep } from './failover.ts';
import type { Progress, StepKind, StepRun } from './steps/step-kind.ts';
import type { Before } from './trail.ts';

/** The state of a step. */
export interface ObservedStep extends Progress {
  readonly stepId: string;
}

/** Looks how far a step has come; a step that never began has failed. */
export async function observeStep(
  kind: StepKind,
  step: FailoverStep,
  run: StepRun,
  before: Before | undefined,
): Promise<ObservedStep> {
  const { stepId } = step;
  if (before === undefined) return { stepId, status: 'failed', detail: 'It never began' };
  const state = await kind.stateOf(step, run, 'watch');
  return { stepId, ...kind.progress(step, before.decision, state) };
}
