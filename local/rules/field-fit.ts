import type { FieldValue } from './event-fields.ts';
import { matchesValue, wantsAbsence } from './match-value.ts';
import type { FieldPattern } from './pattern.ts';

/** How one field of an event stands to what a pattern wants of it. */
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
  const fitting = values.filter(({ value }) =>
    field.matches.some((match) => matchesValue(match, value)),
  );
  const mayBeAbsent = field.matches.some(wantsAbsence);
  return { field, fitting, present: mayBeAbsent ? values : [], mayBeAbsent };
}

/** Tells whether a field can fit at all, other fields aside. */
export function isPossible({ fitting, present, mayBeAbsent }: FieldFit): boolean {
  if (fitting.length > 0) return true;
  // A value inside of an array may be of an element that another field excludes.
  return mayBeAbsent && present.every(({ arrays }) => arrays.length > 0);
}
