import type { FieldValue } from './event-fields.ts';
import { matchesValue, wantsAbsence } from './match-value.ts';
import type { FieldPattern } from './pattern.ts';

/** The fit between one field of an event and a pattern's conditions on it. */
export interface FieldFit {
  readonly field: FieldPattern;
  /** The values that fit. */
  readonly fitting: readonly FieldValue[];
  /** The values that are there; what `exists: false` looks at, and otherwise left empty. */
  readonly present: readonly FieldValue[];
  /** Whether the field may be absent. */
  readonly mayBeAbsent: boolean;
}

/** Finds what fits of the values at a field's path. */
export function fitField(field: FieldPattern, values: readonly FieldValue[]): FieldFit {
  const fitting = values.filter((value) => fitsOne(field, value));
  const mayBeAbsent = field.matches.some(wantsAbsence);
  return { field, fitting, present: mayBeAbsent ? values : [], mayBeAbsent };
}

/** Returns whether a field can fit at all, other fields aside. */
export function isPossible({ fitting, present, mayBeAbsent }: FieldFit): boolean {
  return fitting.length > 0 || (mayBeAbsent && isAbsentSomewhere(present));
}

/** The same as `isPossible`, without finding all that fits. */
export function fitsAlone(field: FieldPattern, values: readonly FieldValue[]): boolean {
  for (const value of values) if (fitsOne(field, value)) return true;
  return isAbsentSomewhere(values) && field.matches.some(wantsAbsence);
}

/** A value inside of an array may be of an element that another field excludes. */
function isAbsentSomewhere(present: readonly FieldValue[]): boolean {
  return present.every(({ arrays }) => arrays.length > 0);
}

function fitsOne({ matches }: FieldPattern, { value }: FieldValue): boolean {
  for (const match of matches) if (matchesValue(match, value)) return true;
  return false;
}
