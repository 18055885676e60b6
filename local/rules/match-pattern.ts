import type { JsonObject } from '../json.ts';
import { isConsistent } from './array-consistency.ts';
import { createPathTree, type FieldValue, readFields } from './event-fields.ts';
import { type FieldFit, fitField, isPossible } from './field-fit.ts';
import type { Branch, Pattern } from './pattern.ts';

/** The values of one event at the paths of some patterns. */
export type ValuesAt = (path: string) => readonly FieldValue[];

/** Patterns made ready for many events. */
export interface CompiledPatterns {
  /** Reads an event once for all patterns. */
  read(event: JsonObject): ValuesAt;
  /** The indexes of the patterns that match, in their order. */
  match(event: JsonObject): readonly number[];
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

/** The order in which the service settles fields. */
export function sortByPath(branch: Branch): Branch {
  return [...branch].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
