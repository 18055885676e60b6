import { durationText } from '../../../../core/duration-text.ts';
import type { Step } from '../../../../history/steps/step.ts';
import type { GraphNode } from '../../../graph/machine-graph.ts';
import { t } from '../../app/strings.ts';

/** Says what a step waits for, and until when where the definition tells; undefined for one that does not wait. */
export function pendingText(step: Step, node: GraphNode, nowMs: number): string | undefined {
  if (step.exitedMs !== undefined) return undefined;
  if (step.status === 'retrying') return retryText(step, node, nowMs);
  const since = durationText(Math.max(0, nowMs - step.enteredMs));
  if (step.type === 'Wait' && node.waitSeconds !== undefined) {
    const leftMs = step.enteredMs + node.waitSeconds * 1000 - nowMs;
    return leftMs > 0 ? t('goes on in {time}', { time: durationText(leftMs) }) : t('goes on now');
  }
  if (step.status === 'waiting') return t('waits for {time}', { time: since });
  const number = step.attempts.length;
  return number > 1 ? t('attempt {number}, for {time}', { number, time: since }) : undefined;
}

function retryText(step: Step, node: GraphNode, nowMs: number): string {
  const next = nextAttemptMs(step, node);
  if (next === undefined) return t('failed');
  const { atMs, maxAttempts } = next;
  const values = { number: step.attempts.length + 1, most: maxAttempts + 1 };
  if (atMs <= nowMs) return t('attempt {number} of {most}', values);
  const time = durationText(atMs - nowMs);
  return t('attempt {number} of {most} in {time}', { ...values, time });
}

/** When the next attempt is made by the rules of Retry, jitter apart; undefined where there is none. */
function nextAttemptMs({ attempts }: Step, { retriers }: GraphNode) {
  const last = attempts.at(-1);
  if (last?.endedMs === undefined) return undefined;
  const fits = (names: readonly string[]) =>
    names.some(
      (name) =>
        name === last.error ||
        name === 'States.ALL' ||
        (name === 'States.TaskFailed' && last.error !== 'States.Timeout'),
    );
  const retrier = retriers.find(({ errorEquals }) => fits(errorEquals));
  if (retrier === undefined || attempts.length > retrier.maxAttempts) return undefined;
  const { intervalSeconds, backoffRate, maxDelaySeconds = Number.POSITIVE_INFINITY } = retrier;
  const seconds = Math.min(maxDelaySeconds, intervalSeconds * backoffRate ** (attempts.length - 1));
  return { atMs: last.endedMs + seconds * 1000, maxAttempts: retrier.maxAttempts };
}
