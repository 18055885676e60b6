import type { Step } from './step.ts';

/** A row of the tree of steps: a step, or an iteration or branch that holds steps. */
export type StepRow =
  | { readonly kind: 'step'; readonly depth: number; readonly step: Step; readonly key: string }
  | {
      readonly kind: 'group';
      readonly depth: number;
      readonly owner: Step;
      readonly index: number;
      readonly key: string;
    };

/** Returns the key of a group, as rows and choices of iterations name it. */
export function groupKey(stepId: number, index: number): string {
  return `${stepId}/${index}`;
}

/** The steps by the group that they stand in; those at the top are under `undefined`. */
export function stepsByGroup(steps: readonly Step[]): ReadonlyMap<string | undefined, Step[]> {
  const groups = new Map<string | undefined, Step[]>();
  for (const step of steps) {
    const key = step.parent && groupKey(step.parent.stepId, step.parent.index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [step]);
    else group.push(step);
  }
  return groups;
}

/**
 * Lists steps as a tree, each Map and Parallel with its iterations or branches below it.
 *
 * @param isOpen Whether a Map, Parallel or group (by its key, `step/<id>` or `<id>/<index>`) shows what is in it.
 */
export function stepRows(
  steps: readonly Step[],
  isOpen: (key: string) => boolean,
): readonly StepRow[] {
  const groups = stepsByGroup(steps);
  const indexes = new Map<number, number[]>();
  for (const key of groups.keys()) {
    if (key === undefined) continue;
    const [stepId = 0, index = 0] = key.split('/').map(Number);
    indexes.set(stepId, [...(indexes.get(stepId) ?? []), index]);
  }
  const rows: StepRow[] = [];
  function list(key: string | undefined, depth: number): void {
    for (const step of groups.get(key) ?? []) {
      const stepKey = `step/${step.id}`;
      rows.push({ kind: 'step', depth, step, key: stepKey });
      if (!isOpen(stepKey)) continue;
      const inside = new Set([...(indexes.get(step.id) ?? []), ...step.iterations.keys()]);
      for (const index of [...inside].sort((a, b) => a - b)) {
        const group = groupKey(step.id, index);
        rows.push({ kind: 'group', depth: depth + 1, owner: step, index, key: group });
        if (isOpen(group)) list(group, depth + 2);
      }
    }
  }
  list(undefined, 0);
  return rows;
}
