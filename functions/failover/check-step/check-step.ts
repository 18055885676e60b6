import type { FailoverStep } from '../failover.ts';
import {
  type ApiCall,
  type Check,
  isRefusal,
  type StepKind,
  type StepRun,
} from '../steps/step-kind.ts';

/** The result of a step's check. */
export interface CheckedStep {
  readonly stepId: string;
  readonly kind: string;
  readonly isRefused: boolean;
  readonly checks: readonly Check[];
  /** The calls that a real run would make now, with their parameters. */
  readonly calls: readonly ApiCall[];
}

/** Reads the step's state, and judges it. */
export async function checkStep(
  kind: StepKind,
  step: FailoverStep,
  run: StepRun,
): Promise<CheckedStep> {
  const state = await kind.stateOf(step, run, 'judge');
  const { checks, decision } = kind.judge(step, state, run);
  return {
    stepId: step.stepId,
    kind: step.kind,
    isRefused: checks.some(isRefusal),
    checks,
    calls: decision === undefined ? [] : kind.callsFor(step, decision, state, run),
  };
}
