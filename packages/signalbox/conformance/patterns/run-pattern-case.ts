import { isJsonObject, type Json } from '../../src/core/json.ts';
import { matchPattern } from '../../src/event-patterns/match-pattern.ts';
import { parsePatternText } from '../../src/event-patterns/parse-pattern.ts';
import type { CaseOutcome, PatternCase } from './pattern-case.ts';

const REASON = 'Event pattern is not valid. Reason: ';

/** Runs one case; refusals must have the recorded message's first line. */
export function runPatternCase(given: PatternCase): CaseOutcome {
  const expected =
    given.expected === 'exception'
      ? firstLine(given.exception?.message ?? '')
      : String(given.expected);
  const actual = decide(given);
  return { id: given.id, passed: actual === expected, expected, actual };
}

function decide({ pattern, patternRaw, event, eventRaw }: PatternCase): string {
  const parsed = parsePatternText(patternRaw ?? JSON.stringify(pattern));
  if (!parsed.ok) return firstLine(parsed.problems[0]?.message ?? '');
  const value: Json | undefined = typeof eventRaw === 'string' ? JSON.parse(eventRaw) : event;
  return String(isJsonObject(value) && matchPattern(parsed.value, value));
}

/** The library's messages lack the service's beginning. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(REASON, '');
}
