import { placeholderOf, putBack, type TakenValue, wellFormedKind } from '../../core/well-formed.ts';

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
    const kind = wellFormedKind(value);
    if (kind === undefined) takeMarked(value, [...path, step], taken);
    else {
      taken.push({ path: [...path, step], value, kind });
      Reflect.set(parent, step, placeholderOf(kind));
    }
  }
}
