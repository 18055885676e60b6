import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseReport, runPatternCases } from './patterns/run-pattern-cases.ts';
import { runTransformerCases } from './patterns/run-transformer-cases.ts';
import { raisedResult } from './states/mocked-results.ts';
import type { RecordedCase } from './states/recorded-case.ts';
import { report } from './states/report.ts';
import { API_KINDS, runApiCase } from './states/run-api-case.ts';
import { type CaseResult, failedCase, runCase } from './states/run-case.ts';

/** Compares the rehearsal with recordings of AWS: `conformance FOLDER [--failures] [--only=TEXT]`. */
export async function main(args: readonly string[]): Promise<number> {
  const [folder] = args.filter((arg) => !arg.startsWith('--'));
  if (folder === undefined) {
    print('No folder of recordings given: the cases of our own run with npm test');
    return 0;
  }
  const only = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length) ?? '';
  const cases = readCases(folder).filter(({ id }) => id.includes(only));
  const results: { readonly recorded: RecordedCase; readonly result: CaseResult }[] = [];
  const notRun = new Map<string, number>();
  for (const recorded of cases) {
    if (lacksResults(recorded)) {
      notRun.set(recorded.kind, (notRun.get(recorded.kind) ?? 0) + 1);
      continue;
    }
    results.push({ recorded, result: await withinTime(recorded) });
  }
  print(report(results, args.includes('--failures')));
  for (const [kind, count] of notRun) print(`not run here: ${count} ${kind}`);
  printCases('event patterns', await runPatternCases(folder));
  printCases('input transformers', await runTransformerCases(folder));
  return 0;
}

function printCases(name: string, { total, passed, recorded }: CaseReport): void {
  print(`${name}: ${passed}/${total}; of the service itself: ${recorded.passed}/${recorded.total}`);
}

/** Returns whether a recording of tasks lacks their results. */
function lacksResults(recorded: RecordedCase): boolean {
  const { expectedHistory, mockConfig, stateTypes } = recorded;
  return (
    expectedHistory === undefined &&
    mockConfig === undefined &&
    stateTypes?.includes('Task') === true &&
    raisedResult(recorded) === undefined
  );
}

const MAX_CASE_MS = 1_000;

/** A case that never ends fails, and the others go on. */
async function withinTime(recorded: RecordedCase): Promise<CaseResult> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<CaseResult>((resolve) => {
    timer = setTimeout(() => resolve(failedCase(recorded, 'never ends')), MAX_CASE_MS);
  });
  try {
    const run = API_KINDS.has(recorded.kind) ? runApiCase : runCase;
    return await Promise.race([late, run(recorded)]);
  } catch (error) {
    return failedCase(
      recorded,
      error instanceof Error
        ? String(error.stack) + String(error.cause instanceof Error ? error.cause.stack : '')
        : 'threw',
    );
  } finally {
    clearTimeout(timer);
  }
}

function readCases(folder: string): readonly RecordedCase[] {
  const cases: readonly RecordedCase[] = JSON.parse(
    readFileSync(join(folder, 'asl-cases.json'), 'utf8'),
  );
  return cases;
}

function print(text: string): void {
  writeSync(1, `${text}\n`);
}
