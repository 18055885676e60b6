import type { JsonObject } from '../core/json.ts';
import { isConsistent } from './array-consistency.ts';
import type { FieldValue } from './event-fields.ts';
import { type FieldFit, fitField, isPossible } from './field-fit.ts';
import { IndexedPatterns } from './indexed-patterns.ts';
import type { Branch, Pattern } from './pattern.ts';

/** The values of one event at the paths of some patterns. */
export type ValuesAt = (path: string) => readonly FieldValue[];

/** Patterns made ready for many events. */
export interface CompiledPatterns {
  /** Reads an event once for all patterns. */
  read(event: JsonObject): ValuesAt;
  /** The indexes of the patterns that match, in their order. */
  match(event: JsonObject): readonly number[];
  /**
   * As `match`, for an event that is not parsed yet: only the fields that patterns name are read.
   * Undefined where the text is no JSON object.
   */
  matchText(text: string): readonly number[] | undefined;
}

/**
 * Makes patterns ready to be matched against many events. Each event is read only once, and only
 * those patterns are looked at which want, of the most selective field, a value that it has.
 */
export function compilePatterns(patterns: readonly Pattern[]): CompiledPatterns {
  return new IndexedPatterns(patterns);
}

/**
 * Returns whether an event matches a pattern as EventBridge does; to match many events, compile the
 * patterns once.
 * @example matchPattern({"detail": {"total": [{"numeric": [">", 100]}]}}, {"detail": {"total": 120}})
 */
export function matchPattern(pattern: Pattern, event: JsonObject): boolean {
  return compilePatterns([pattern]).match(event).length > 0;
}

/** Returns whether one branch fits, its fields given in the order of their paths. */
export function matchBranch(branch: Branch, valuesAt: ValuesAt): boolean {
  const fits: FieldFit[] = [];
  for (const field of branch) {
    const fit = fitField(field, valuesAt(field.path));
    if (!isPossible(fit)) return false;
    fits.push(fit);
  }
  return isConsistent(fits);
}
