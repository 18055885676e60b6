import type { Output } from './print/output.ts';

/** Takes what a rehearsal says, and folds its remarks into one line. */
export interface Remarks {
  take(line: string): void;
  /** Says how many there were, and lets later ones through as they come. */
  unfold(): void;
}

/** Makes the remarks of a run; with `verbose` each is said as it comes. */
export function createRemarks({ say }: Pick<Output, 'say'>, verbose: boolean): Remarks {
  let isFolding = !verbose;
  let count = 0;
  return {
    take(line) {
      if (isFolding && line.startsWith('Remark')) count += 1;
      else say(line);
    },
    unfold() {
      isFolding = false;
      if (count > 0) say(`${count} remarks on events that no rule wanted: --verbose shows them`);
      count = 0;
    },
  };
}
