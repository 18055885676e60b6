import type { FieldValue } from './event-fields.ts';
import type { FieldFit } from './field-fit.ts';

/** The element of each array that the match so far has come from. */
type Membership = ReadonlyMap<number, number>;

const NOWHERE: Membership = new Map();

/**
 * Returns whether one value of each field can be chosen so that no two come from different elements
 * of one array. `exists: false` wants that no value is there that would go with the fields before.
 */
export function isConsistent(fits: readonly FieldFit[]): boolean {
  if (!fits.some(isInsideArray)) return true;
  const shared = sharedArrays(fits);
  let states: readonly Membership[] = [NOWHERE];
  for (const fit of fits) {
    states = distinct(states.flatMap((state) => statesAfter(state, fit, shared)));
    if (states.length === 0) return false;
  }
  return true;
}

function isInsideArray({ fitting, present }: FieldFit): boolean {
  return (
    fitting.some(({ arrays }) => arrays.length > 0) ||
    present.some(({ arrays }) => arrays.length > 0)
  );
}

/** An array that only one field is in can't contradict anything, and is left out of the states. */
function sharedArrays(fits: readonly FieldFit[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const shared = new Set<number>();
  for (const { fitting, present } of fits) {
    const own = new Set([...fitting, ...present].flatMap(arrayNumbers));
    for (const array of own) (seen.has(array) ? shared : seen).add(array);
  }
  return shared;
}

function arrayNumbers({ arrays }: FieldValue): readonly number[] {
  return arrays.filter((_, index) => index % 2 === 0);
}

function statesAfter(
  state: Membership,
  { fitting, present, mayBeAbsent }: FieldFit,
  shared: ReadonlySet<number>,
): readonly Membership[] {
  const joined = fitting.flatMap((value) => join(state, value, shared) ?? []);
  const isAbsent =
    mayBeAbsent && present.every((value) => join(state, value, shared) === undefined);
  return isAbsent ? [...joined, state] : joined;
}

/** The state with the value's elements added; undefined where they contradict it. */
function join(
  state: Membership,
  { arrays }: FieldValue,
  shared: ReadonlySet<number>,
): Membership | undefined {
  const next = new Map(state);
  for (let at = 0; at < arrays.length; at += 2) {
    const array = arrays[at] ?? 0;
    const element = arrays[at + 1] ?? 0;
    if (!shared.has(array)) continue;
    if ((next.get(array) ?? element) !== element) return undefined;
    next.set(array, element);
  }
  return next;
}

function distinct(states: readonly Membership[]): readonly Membership[] {
  if (states.length < 2) return states;
  const byKey = new Map<string, Membership>();
  for (const state of states) {
    byKey.set(JSON.stringify([...state].sort(([a], [b]) => a - b)), state);
  }
  return [...byKey.values()];
}
