import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRehearsal } from '../../src/create-rehearsal.ts';
import { type CaseResult, failedCase } from '../states/compare-run.ts';
import type { RecordedCase } from '../states/recorded-case.ts';
import type { ComparedCase } from '../states/report.ts';
import { functionsOf } from './function-sources.ts';
import type { Live } from './live.ts';
import { liveApi } from './live-api.ts';
import { writeLiveProject } from './live-project.ts';
import { runLiveCase } from './run-live-case.ts';

/**
 * Plays recordings against a rehearsal over HTTP, so that what tasks send and what functions and services
 * answer is compared as well.
 * @param cases Those that are played; their functions are written from what the recording says that they do.
 * @returns Each with its result.
 */
export async function playLive(cases: readonly RecordedCase[]): Promise<readonly ComparedCase[]> {
  const met = cases.filter(meetsSomebody);
  const others = cases.filter((recorded) => !met.includes(recorded));
  return [...(await playIn('skip', others)), ...(await playIn('real', met))];
}

/** Where somebody stops an execution, or polls for its work, time must not skip over what they wait for. */
function meetsSomebody({ expectedStatus, setup = [] }: RecordedCase): boolean {
  return expectedStatus === 'ABORTED' || setup.some(({ op }) => op === 'sfn_activity_consumer');
}

async function playIn(
  time: 'skip' | 'real',
  cases: readonly RecordedCase[],
): Promise<readonly ComparedCase[]> {
  if (cases.length === 0) return [];
  const functions = new Map(cases.flatMap(functionsOf).map((one) => [one.name, one]));
  const root = writeLiveProject([...functions.values()]);
  const rehearsal = await createRehearsal({ root, plugins: [], startsAt: START, time });
  try {
    let serial = 0;
    const live: Live = {
      client: rehearsal.client,
      call: liveApi(rehearsal.url),
      places: {
        url: rehearsal.url,
        accountId: rehearsal.app().accountId,
        functions: join(root, 'functions'),
      },
      serial: () => ++serial,
    };
    const results: ComparedCase[] = [];
    for (const recorded of cases) {
      results.push({ recorded, result: await resultOf(recorded, live) });
    }
    return results;
  } finally {
    await rehearsal.close();
    rmSync(root, { recursive: true, force: true });
  }
}

const START = new Date(Date.UTC(2026, 0, 2, 3, 4, 5));

async function resultOf(recorded: RecordedCase, live: Live): Promise<CaseResult> {
  try {
    return await runLiveCase(recorded, live);
  } catch (error) {
    return failedCase(recorded, error instanceof Error ? String(error.stack) : 'threw');
  }
}
