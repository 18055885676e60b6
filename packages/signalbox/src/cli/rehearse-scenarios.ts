import { UserError } from '../core/user-error.ts';
import { playScenarios } from '../scenarios/play-scenarios.ts';
import { junitReport } from '../scenarios/print/junit.ts';
import { FIRST_START } from '../scenarios/scenario-start.ts';
import { withRehearsal } from './rehearse.ts';
import { readScenariosOf } from './rehearse-files.ts';
import type { Session } from './session.ts';

/** The result of a run of scenarios. */
export interface TestRun {
  /** 1 when a scenario did not end as it should. */
  readonly exitCode: number;
  /** JUnit XML. */
  report(): string;
}

/**
 * Plays scenarios in a fresh rehearsal on a free port.
 * @param files Paths relative to the working directory; none for all of `scenarios/`.
 * @throws {UserError} When there is no scenario, or a file is none.
 */
export async function testScenarios(files: readonly string[], session: Session): Promise<TestRun> {
  const scenarios = await readScenariosOf(session, files);
  if (scenarios.length === 0) {
    throw new UserError('not-found', 'No scenario in scenarios/: write one, or name its file');
  }
  const options = { port: 0, time: 'skip', startsAt: FIRST_START, holdsSchedules: true } as const;
  return withRehearsal(session, options, async (play) => {
    const played = await playScenarios(scenarios, play);
    const isGood = played.every(({ differences }) => differences.length === 0);
    return { exitCode: isGood ? 0 : 1, report: () => junitReport(played) };
  });
}
