import { existsSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { runDefinitionCases } from './definitions/run-definition-cases.ts';
import { playLive } from './live/play-live.ts';
import { type CaseReport, runPatternCases } from './patterns/run-pattern-cases.ts';
import { runTransformerCases } from './patterns/run-transformer-cases.ts';
import { type CaseResult, failedCase } from './states/compare-run.ts';
import { raisedResult } from './states/mocked-results.ts';
import type { RecordedCase } from './states/recorded-case.ts';
import { report } from './states/report.ts';
import { API_KINDS, runApiCase } from './states/run-api-case.ts';
import { runCase } from './states/run-case.ts';
import { withinTime } from './within-time.ts';

/**
 * Compares the rehearsal with what AWS does: `conformance FOLDER|FILE [--live] [--failures] [--only=TEXT]`.
 * A folder has recordings and files of definitions; a file has definitions.
 */
export async function main(args: readonly string[]): Promise<number> {
  const [place] = args.filter((arg) => !arg.startsWith('--'));
  if (place === undefined) {
    print('No folder of recordings given: the cases of our own run with npm test');
    return 0;
  }
  const only = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length) ?? '';
  const withFailures = args.includes('--failures');
  const play = args.includes('--live') ? playRecordingsLive : playRecordings;
  if (existsSync(join(place, 'asl-cases.json'))) await play(place, only, withFailures);
  if (args.includes('--live')) return 0;
  await playDefinitions(place, only, withFailures);
  if (!statSync(place).isDirectory()) return 0;
  printCases('event patterns', await runPatternCases(place));
  printCases('input transformers', await runTransformerCases(place));
  return 0;
}

async function playDefinitions(place: string, only: string, withFailures: boolean): Promise<void> {
  const { total, differences } = await runDefinitionCases(place, only);
  if (total === 0) return;
  print(`definitions: ${total - differences.size}/${total}`);
  if (!withFailures) return;
  for (const [id, difference] of differences) print(`- ${id}\n    ${difference}`);
}

async function playRecordings(folder: string, only: string, withFailures: boolean): Promise<void> {
  const cases = readCases(folder).filter(({ id }) => id.includes(only));
  const results: { readonly recorded: RecordedCase; readonly result: CaseResult }[] = [];
  const notRun = new Map<string, number>();
  for (const recorded of cases) {
    if (lacksResults(recorded)) {
      notRun.set(recorded.kind, (notRun.get(recorded.kind) ?? 0) + 1);
      continue;
    }
    results.push({ recorded, result: await resultOf(recorded) });
  }
  print(report(results, withFailures));
  for (const [kind, count] of notRun) print(`not run here: ${count} ${kind}`);
}

/** A mock configuration belongs to the start of a rehearsal, so recordings of mocks are not played. */
async function playRecordingsLive(folder: string, only: string, withFailures: boolean) {
  const cases = readCases(folder).filter(({ id }) => id.includes(only));
  const played = cases.filter(({ mockConfig }) => mockConfig === undefined);
  print(report(await playLive(played), withFailures));
  print(`not played live: ${cases.length - played.length} with a mock configuration`);
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
async function resultOf(recorded: RecordedCase): Promise<CaseResult> {
  try {
    const run = API_KINDS.has(recorded.kind) ? runApiCase : runCase;
    const late = () => failedCase(recorded, 'never ends');
    return await withinTime(run(recorded), MAX_CASE_MS, late);
  } catch (error) {
    return failedCase(
      recorded,
      error instanceof Error
        ? String(error.stack) + String(error.cause instanceof Error ? error.cause.stack : '')
        : 'threw',
    );
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
