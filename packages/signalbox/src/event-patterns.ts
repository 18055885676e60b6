import type { JsonObject } from './core/json.ts';
import type { Result } from './core/result.ts';
import { type CompiledPatterns, compilePatterns } from './event-patterns/match-pattern.ts';
import { parsePattern } from './event-patterns/parse-pattern.ts';
import type { Pattern } from './event-patterns/pattern.ts';
import { type WhyNot, whyNot } from './event-patterns/why-not.ts';

export type { Json, JsonObject } from './core/json.ts';
export type { Problem, Result } from './core/result.ts';
export type { CompiledPatterns } from './event-patterns/match-pattern.ts';
export type { Pattern } from './event-patterns/pattern.ts';
export type { WhyNot } from './event-patterns/why-not.ts';

/** The result of a match: whether the event matches, and the first reason where it does not. */
export type Match =
  | { readonly matches: true }
  | { readonly matches: false; readonly reason: WhyNot };

/**
 * Parses an event pattern.
 *
 * @param pattern The pattern as JSON, with every operator of EventBridge's.
 * @returns The pattern, or the problem in EventBridge's own words, with the path of the field.
 * @example
 * const pattern = parse({ detail: { total: [{ numeric: ['>', 100] }] } });
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function parse(pattern: JsonObject): Result<Pattern> {
  return parsePattern(pattern);
}

/**
 * Matches an event against a pattern, as `TestEventPattern` does, and says why not.
 *
 * @param pattern The pattern, as `parse` returned it.
 * @param event The whole event, with `source`, `detail-type` and `detail`.
 * @returns Whether it matches; where not, the field of the nearest branch, what the pattern expects
 * there and what the event has.
 * @example
 * match(pattern, { detail: { total: 99 } }); // matches: false, reason.field: 'detail.total'
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html
 */
export function match(pattern: Pattern, event: JsonObject): Match {
  const reason = whyNot(pattern, event);
  return reason === undefined ? { matches: true } : { matches: false, reason };
}

/**
 * Makes patterns ready to be matched together against many events: the time that an event takes depends
 * little on their number.
 *
 * @param patterns The patterns, as `parse` returned them.
 * @returns What matches an event against all of them: parsed, or as the JSON text that it came in, of
 * which only the fields are read that patterns name.
 * @example
 * const rules = compile([pattern]);
 * rules.matchText('{"detail": {"total": 120}}'); // [0]
 */
export function compile(patterns: readonly Pattern[]): CompiledPatterns {
  return compilePatterns(patterns);
}
