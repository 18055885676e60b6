import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseOutcome, PatternCase } from './pattern-case.ts';
import { runPatternCase } from './run-pattern-case.ts';

/** The results of a folder of recorded cases. */
export interface CaseReport {
  readonly total: number;
  readonly passed: number;
  /** Those whose response the service itself gave. */
  readonly recorded: { readonly total: number; readonly passed: number };
  readonly failures: readonly CaseOutcome[];
}

/** Runs a folder's `pattern-cases.json`. */
export async function runPatternCases(folder: string): Promise<CaseReport> {
  const text = await readFile(join(folder, 'pattern-cases.json'), 'utf8');
  // The parsed form of a number out of range is no JSON; such a case has its raw form too.
  const cases: readonly PatternCase[] = JSON.parse(
    text.replace(/([[,:]\s*)-?Infinity\b/g, '$1null'),
  );
  return report(cases.map(runPatternCase));
}

/** Counts outcomes. */
export function report(outcomes: readonly CaseOutcome[]): CaseReport {
  const passed = outcomes.filter((outcome) => outcome.passed);
  const isRecorded = ({ id }: CaseOutcome) => !id.startsWith('event-ruler:');
  return {
    total: outcomes.length,
    passed: passed.length,
    recorded: {
      total: outcomes.filter(isRecorded).length,
      passed: passed.filter(isRecorded).length,
    },
    failures: outcomes.filter((outcome) => !outcome.passed),
  };
}
