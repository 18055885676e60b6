import type { JsonObject } from '../json.ts';
import { isConsistent } from './array-consistency.ts';
import { createPathTree, type FieldValue, readFields } from './event-fields.ts';
import { matchesValue, wantsAbsence } from './match-value.ts';
import type { Branch, FieldPattern, Pattern } from './pattern.ts';

/** The values of one event at the paths of some patterns. */
export type ValuesAt = (path: string) => readonly FieldValue[];

/** Patterns made ready for many events. */
export interface CompiledPatterns {
  /** Reads an event once for all patterns. */
  read(event: JsonObject): ValuesAt;
  /** The indexes of the patterns that match, in their order. */
  match(event: JsonObject): readonly number[];
}

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

/** Makes patterns ready to be matched against many events, each of which is read only once. */
export function compilePatterns(patterns: readonly Pattern[]): CompiledPatterns {
  const paths = [
    ...new Set(patterns.flatMap(({ branches }) => branches.flat().map(({ path }) => path))),
  ];
  const tree = createPathTree(paths);
  const slots = new Map(paths.map((path, slot) => [path, slot]));
  // The service settles fields in the order of their paths, which tells where exists: false is used.
  const sorted = patterns.map(({ branches }) => branches.map(sortByPath));

  function read(event: JsonObject): ValuesAt {
    const values = readFields(event, tree, paths.length);
    return (path) => values[slots.get(path) ?? -1] ?? [];
  }

  return {
    read,
    match(event) {
      const valuesAt = read(event);
      return sorted.flatMap((branches, index) =>
        branches.some((branch) => matchBranch(branch, valuesAt)) ? [index] : [],
      );
    },
  };
}

/**
 * Tells whether an event matches a pattern as EventBridge does; to match many events, compile the
 * patterns once.
 * @example matchPattern({"detail": {"total": [{"numeric": [">", 100]}]}}, {"detail": {"total": 120}})
 */
export function matchPattern(pattern: Pattern, event: JsonObject): boolean {
  return compilePatterns([pattern]).match(event).length > 0;
}

/** Tells whether one branch fits, its fields given in the order of their paths. */
export function matchBranch(branch: Branch, valuesAt: ValuesAt): boolean {
  const fits: FieldFit[] = [];
  for (const field of branch) {
    const fit = fitField(field, valuesAt(field.path));
    if (!isPossible(fit)) return false;
    fits.push(fit);
  }
  return isConsistent(fits);
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

/** The order in which the service settles fields. */
export function sortByPath(branch: Branch): Branch {
  return [...branch].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
