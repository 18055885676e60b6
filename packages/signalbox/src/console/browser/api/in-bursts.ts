import { startTransition } from 'react';

/** Does something soon after it is asked for, however often it is asked for meanwhile. */
export interface Bursts {
  soon(): void;
  stop(): void;
}

/** A page shows what came in a burst at once: a person does not see more pictures than this. */
const PAUSE_MS = 250;

/**
 * Acts at once when it is first asked to, and from then on once in a pause at most. What it draws is a transition:
 * React draws it in slices between which a person's keys and clicks are heard, however much there is to draw.
 */
export function inBursts(act: () => void): Bursts {
  let timer: number | undefined;
  let earliestMs = 0;
  function run(): void {
    timer = undefined;
    startTransition(act);
    // After it: a picture that takes long is followed by a pause all the same.
    earliestMs = performance.now() + PAUSE_MS;
  }
  return {
    soon() {
      timer ??= window.setTimeout(run, Math.max(0, earliestMs - performance.now()));
    },
    stop: () => window.clearTimeout(timer),
  };
}
