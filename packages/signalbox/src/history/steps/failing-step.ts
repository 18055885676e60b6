import { hasFailed, type Step } from './step.ts';

/** Finds the step for which an execution failed: the innermost of those that failed last; undefined where none did. */
export function failingStep(steps: readonly Step[]): Step | undefined {
  const failed = steps.filter((step) => step.status === 'failed' || step.status === 'timed-out');
  const withError = failed.filter(({ error, type }) => error !== undefined || type === 'Fail');
  const candidates = withError.length > 0 ? withError : failed;
  return candidates.at(-1) ?? steps.filter(hasFailed).at(-1);
}
