import type { Json, JsonObject } from '../src/core/json.ts';
import { type CompiledPatterns, compilePatterns } from '../src/event-patterns/match-pattern.ts';
import { parsePattern } from '../src/event-patterns/parse-pattern.ts';
import type { BenchRow } from './bench-row.ts';
import { cpuMsOf } from './cpu-ms-of.ts';
import { lotEvents, PARSED_THERE, PATTERN_KINDS } from './land-lots.ts';

const RULE_COUNTS = [5, 100, 1000, 10_000] as const;
const PASSES = 15;

/**
 * Matches events in their JSON text, by kind of match and by number of rules: land lots of 783 bytes, as
 * the benchmark of AWS's own library has them. The figure is the speed by CPU time as a multiple of that
 * of `JSON.parse` in the same run, which the library's own is given by too.
 */
export function runRulesBench(): Promise<readonly BenchRow[]> {
  const texts = lotEvents().map((event) => JSON.stringify(event));
  const rows = Object.entries(PATTERN_KINDS).flatMap(([kind, { patternOf, ofLibrary }]) =>
    RULE_COUNTS.map((count): BenchRow => {
      const compiled = compile(Array.from({ length: count }, (_, index) => patternOf(index)));
      const { parseMs, matchMs, matches } = measure(compiled, texts);
      const perSecond = Math.round((texts.length * 1000) / matchMs).toLocaleString('en');
      const row = {
        name: `events matched, ${kind}, ${count.toLocaleString('en')} rules`,
        value: parseMs / matchMs,
        unit: '× JSON.parse',
        remark: `${perSecond} a second, ${matches} matches in ${texts.length} events`,
        cpuMs: matchMs,
      };
      return count === RULE_COUNTS[0] ? { ...row, atLeast: ofLibrary / PARSED_THERE } : row;
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

/** Parses and matches in turn, and takes the best of each: what disturbs only adds. */
function measure(
  compiled: CompiledPatterns,
  texts: readonly string[],
): { readonly parseMs: number; readonly matchMs: number; readonly matches: number } {
  let [parseMs, matchMs, matches] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  for (let pass = 0; pass < PASSES; pass += 1) {
    parseMs = Math.min(
      parseMs,
      cpuMsOf(() => parseAll(texts)),
    );
    matchMs = Math.min(
      matchMs,
      cpuMsOf(() => {
        matches = matchAll(compiled, texts);
      }),
    );
  }
  return { parseMs, matchMs, matches };
}

function parseAll(texts: readonly string[]): void {
  for (const text of texts) {
    const event: Json = JSON.parse(text);
    if (typeof event !== 'object') throw new TypeError('An event is an object');
  }
}

function matchAll(compiled: CompiledPatterns, texts: readonly string[]): number {
  let matches = 0;
  for (const text of texts) matches += compiled.matchText(text)?.length ?? 0;
  return matches;
}
