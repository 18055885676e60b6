import type { Step } from './step.ts';

/** A part of a step's time. */
export interface Segment {
  readonly kind: 'run' | 'failed-attempt' | 'backoff' | 'wait';
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Divides the time of a step: into attempts, the pauses between them, and waits.
 *
 * @param nowMs The end of what is still under way, in Unix milliseconds.
 */
export function segmentsOf(step: Step, nowMs: number): readonly Segment[] {
  const endMs = Math.max(step.exitedMs ?? nowMs, step.enteredMs);
  if (step.type === 'Wait') return [{ kind: 'wait', fromMs: step.enteredMs, toMs: endMs }];
  if (step.attempts.length === 0) return [{ kind: 'run', fromMs: step.enteredMs, toMs: endMs }];
  const segments: Segment[] = [];
  let atMs = step.enteredMs;
  for (const attempt of step.attempts) {
    const before = segments.at(-1);
    const kind = before === undefined ? 'run' : 'backoff';
    if (attempt.startedMs > atMs) segments.push({ kind, fromMs: atMs, toMs: attempt.startedMs });
    const toMs = attempt.endedMs ?? endMs;
    segments.push({ kind: kindOf(attempt), fromMs: attempt.startedMs, toMs });
    atMs = toMs;
  }
  if (endMs > atMs) {
    segments.push({
      kind: step.status === 'retrying' ? 'backoff' : 'run',
      fromMs: atMs,
      toMs: endMs,
    });
  }
  return segments;
}

function kindOf({ status, isSubmitted }: Step['attempts'][number]): Segment['kind'] {
  if (status === 'failed') return 'failed-attempt';
  return isSubmitted ? 'wait' : 'run';
}
