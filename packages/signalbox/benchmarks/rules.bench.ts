import type { Json, JsonObject } from '../src/core/json.ts';
import { type CompiledPatterns, compilePatterns } from '../src/event-patterns/match-pattern.ts';
import { parsePattern } from '../src/event-patterns/parse-pattern.ts';
import type { BenchRow } from './bench-row.ts';
import { LOTS, lotEvents, PATTERN_KINDS } from './land-lots.ts';
import { median } from './median.ts';

const RULE_COUNTS = [5, 100, 1000] as const;
const WARM_UP_PASSES = 3;
const PASSES = 5;

/**
 * Counts how many events a second are read from their JSON text and matched, by kind of match and by
 * number of rules: land lots of 783 bytes, as the benchmark of AWS's own library has them.
 */
export function runRulesBench(): Promise<readonly BenchRow[]> {
  const texts = lotEvents().map((event) => JSON.stringify(event));
  const rows = Object.entries(PATTERN_KINDS).flatMap(([kind, { patternOf, ofLibrary }]) =>
    RULE_COUNTS.map((count): BenchRow => {
      const compiled = compile(Array.from({ length: count }, (_, index) => patternOf(index)));
      const { eventsPerSecond, matches } = measure(compiled, texts);
      const remark = `${matches} matches in ${LOTS} events`;
      return {
        name: `events matched, ${kind}, ${count} rules`,
        value: eventsPerSecond,
        unit: 'events/s',
        remark:
          count === RULE_COUNTS[0]
            ? `${remark}; AWS's library in Java: ${ofLibrary.toLocaleString('en')}`
            : remark,
      };
    }),
  );
  return Promise.resolve(rows);
}

function compile(written: readonly JsonObject[]): CompiledPatterns {
  const patterns = written.map((pattern) => {
    const parsed = parsePattern(pattern);
    if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
    return parsed.value;
  });
  return compilePatterns(patterns);
}

function measure(
  compiled: CompiledPatterns,
  texts: readonly string[],
): { readonly eventsPerSecond: number; readonly matches: number } {
  let matches = 0;
  for (let pass = 0; pass < WARM_UP_PASSES; pass += 1) matches = matchAll(compiled, texts);
  const rates: number[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) {
    const startedAt = performance.now();
    matchAll(compiled, texts);
    rates.push((texts.length * 1000) / (performance.now() - startedAt));
  }
  return { eventsPerSecond: median(rates), matches };
}

function matchAll(compiled: CompiledPatterns, texts: readonly string[]): number {
  let matches = 0;
  for (const text of texts) {
    const event: Json = JSON.parse(text);
    if (typeof event !== 'object' || event === null || !('type' in event)) {
      throw new TypeError('An event is an object');
    }
    matches += compiled.match(event).length;
  }
  return matches;
}
