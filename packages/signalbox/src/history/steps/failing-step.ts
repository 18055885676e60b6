import { hasFailed, type Step } from './step.ts';

/**
 * Finds the step for which an execution failed: the innermost of those that failed last. A Fail state
 * only says so at the end: behind it is the last step that failed with the same error, or was caught.
 *
 * @returns Undefined where nothing failed.
 */
export function failingStep(steps: readonly Step[]): Step | undefined {
  const failed = steps.filter((step) => step.status === 'failed' || step.status === 'timed-out');
  const withError = failed.filter(({ error, type }) => error !== undefined || type === 'Fail');
  const candidates = withError.length > 0 ? withError : failed;
  const last = candidates.at(-1) ?? steps.filter(hasFailed).at(-1);
  return last?.type === 'Fail' ? (behind(last, steps) ?? last) : last;
}

function behind(end: Step, steps: readonly Step[]): Step | undefined {
  const before = steps.filter(
    ({ id, type, error }) => id < end.id && type !== 'Fail' && error !== undefined,
  );
  return before.findLast(({ error }) => error === end.error) ?? before.at(0);
}
