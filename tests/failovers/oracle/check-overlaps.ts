import { indexOfEntry, readFailovers } from './folds.ts';
import type { Observation } from './observation.ts';

interface Span {
  readonly failoverId: string;
  readonly from: number;
  readonly until: number;
}

/** Says which failovers had one target at once: from the lock to the end, or to the last call if that came later. */
export function checkOverlaps(observation: Observation): readonly string[] {
  const spans = spansByTarget(observation);
  return [...spans].flatMap(([target, ofTarget]) => {
    const inOrder = ofTarget.toSorted((a, b) => a.from - b.from);
    return inOrder.flatMap((span, index) => {
      const earlier = inOrder.slice(0, index).find(({ until }) => until > span.from);
      return earlier === undefined
        ? []
        : [`${span.failoverId} and ${earlier.failoverId} had ${target} at once`];
    });
  });
}

function spansByTarget(observation: Observation): ReadonlyMap<string, readonly Span[]> {
  const { facts } = observation;
  const spans = new Map<string, Span[]>();
  for (const { failoverId, lockedTargets, executionArn } of readFailovers(observation)) {
    const from = indexOfEntry(facts, failoverId, 'lock');
    if (from === undefined) continue;
    const end = indexOfEntry(facts, failoverId, 'closed') ?? Number.POSITIVE_INFINITY;
    for (const target of lockedTargets) {
      const calls = facts.flatMap((fact) =>
        fact.kind === 'change' &&
        fact.executionArn === executionArn &&
        fact.targets.includes(target)
          ? [fact.index]
          : [],
      );
      const span = { failoverId, from, until: Math.max(end, ...calls) };
      spans.set(target, [...(spans.get(target) ?? []), span]);
    }
  }
  return spans;
}
