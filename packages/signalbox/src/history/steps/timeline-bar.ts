import type { Step } from './step.ts';
import { type Segment, segmentsOf } from './timeline.ts';

const MARKS: Readonly<Record<Segment['kind'], string>> = {
  run: '█',
  'failed-attempt': '▒',
  backoff: '·',
  wait: '░',
};

/**
 * Draws when a step was, in characters: `█` it ran, `▒` an attempt failed, `·` it waited for the next
 * one, `░` it waited for a time or for somebody.
 *
 * @param span The time of the whole in Unix milliseconds.
 * @param width In characters; a step takes at least one.
 */
export function timelineBar(
  step: Step,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  width: number,
): string {
  const cells = Array.from({ length: width }, () => ' ');
  const place = (ms: number) =>
    Math.min(
      width - 1,
      Math.max(0, Math.floor(((ms - fromMs) / Math.max(1, toMs - fromMs)) * width)),
    );
  for (const segment of segmentsOf(step, toMs)) {
    const first = place(segment.fromMs);
    const last = Math.max(first, place(segment.toMs - 1));
    cells.fill(MARKS[segment.kind], first, last + 1);
  }
  return cells.join('').trimEnd();
}
