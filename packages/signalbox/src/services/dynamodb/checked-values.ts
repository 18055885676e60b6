import { placeholderOf, putBack, type TakenValue, wellFormed } from '../../core/well-formed.ts';

/**
 * Checks an input with dynalite's types, but for the attribute values that were looked at already: to check each of
 * hundreds of thousands takes half a second.
 * @param input Taken over.
 * @param check Makes the checked input of the rest.
 */
export function checkWithout<Checked extends object>(
  input: object,
  check: (rest: object) => Checked,
): Checked {
  const taken: TakenValue[] = [];
  takeMarked(input, [], taken);
  const checked = check(input);
  putBack(taken, checked);
  return checked;
}

function takeMarked(parent: object, path: TakenValue['path'], taken: TakenValue[]): void {
  const steps = Array.isArray(parent) ? parent.keys() : Object.keys(parent);
  for (const step of steps) {
    const value: unknown = Reflect.get(parent, step);
    if (typeof value !== 'object' || value === null) continue;
    const mark = wellFormed(value);
    if (mark === undefined) takeMarked(value, [...path, step], taken);
    else {
      taken.push({ path: [...path, step], value, ...mark });
      Reflect.set(parent, step, placeholderOf(mark.kind));
    }
  }
}

/** Returns whether there are so many attribute values that each step of the work with them takes a while. */
export function areMany(input: object): boolean {
  return countMarked(input) > MANY_VALUES;
}

const MANY_VALUES = 5000;

function countMarked(parent: object): number {
  let count = 0;
  for (const value of Object.values(parent)) {
    if (typeof value !== 'object' || value === null) continue;
    count += wellFormed(value)?.count ?? countMarked(value);
  }
  return count;
}
