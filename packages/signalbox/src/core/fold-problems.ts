import { type Problem, problemText } from './result.ts';

/** The problems of one mistake: the cause, and those that follow from it. */
interface Mistake {
  readonly cause: Problem;
  readonly consequences: readonly Problem[];
}

/**
 * Writes problems as lines, one for each mistake: what follows from a cause is counted behind it. The
 * mistake with the most consequences stands last, where a terminal shows it.
 */
export function foldedLines(problems: readonly Problem[]): readonly string[] {
  return mistakesOf(problems).map(({ cause, consequences: { length } }) =>
    length === 0
      ? problemText(cause)
      : `${problemText(cause)} (and ${length} more that ${length === 1 ? 'follows' : 'follow'} from it)`,
  );
}

/** Writes every problem on a line of its own: the consequences of a mistake first, its cause last. */
export function allLines(problems: readonly Problem[]): readonly string[] {
  return mistakesOf(problems).flatMap(({ cause, consequences }) =>
    [...consequences, cause].map(problemText),
  );
}

function mistakesOf(problems: readonly Problem[]): readonly Mistake[] {
  const groups = new Map<string | Problem, Problem[]>();
  for (const problem of problems) {
    const key = problem.mistake ?? problem;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [problem]);
    else group.push(problem);
  }
  return [...groups.values()]
    .flatMap((group) => {
      const cause = group.find(({ isCause }) => isCause) ?? group[0];
      return cause === undefined
        ? []
        : [{ cause, consequences: group.filter((one) => one !== cause) }];
    })
    .sort((a, b) => a.consequences.length - b.consequences.length);
}
