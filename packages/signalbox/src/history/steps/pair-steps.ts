import type { Step } from './step.ts';

/** A step of one execution and the same of the other; one is missing where the paths differ. */
export interface StepPair {
  readonly name: string;
  readonly a: Step | undefined;
  readonly b: Step | undefined;
}

const LOOK_AHEAD = 200;

/** Lays two paths beside each other: each step meets the next one of the same name. */
export function pairSteps(a: readonly Step[], b: readonly Step[]): readonly StepPair[] {
  const pairs: StepPair[] = [];
  let at = 0;
  for (const step of a) {
    const found = b.slice(at, at + LOOK_AHEAD).findIndex(({ name }) => name === step.name);
    if (found < 0) {
      pairs.push({ name: step.name, a: step, b: undefined });
      continue;
    }
    for (const skipped of b.slice(at, at + found)) {
      pairs.push({ name: skipped.name, a: undefined, b: skipped });
    }
    pairs.push({ name: step.name, a: step, b: b[at + found] });
    at += found + 1;
  }
  return [...pairs, ...b.slice(at).map((step) => ({ name: step.name, a: undefined, b: step }))];
}
