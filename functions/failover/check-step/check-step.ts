import type { FailoverStep } from '../failover.ts';
import { reasonChecks } from '../reason-checks.ts';
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

/**
 * Reads the step's state, and judges it and the reason of the run.
 * @param others Checks of the whole run, told with this step.
 */
export async function checkStep(
  kind: StepKind,
  step: FailoverStep,
  run: StepRun,
  others: readonly Check[] = [],
): Promise<CheckedStep> {
  const [state, reasons] = await Promise.all([
    kind.stateOf(step, run, 'judge'),
    reasonChecks(step.stepId, run),
  ]);
  const { checks: own, decision } = kind.judge(step, state, run);
  const checks = [...reasons, ...own, ...others];
  return {
    stepId: step.stepId,
    kind: step.kind,
    isRefused: checks.some(isRefusal),
    checks,
    calls: decision === undefined ? [] : kind.callsFor(step, decision, state, run),
  };
}
