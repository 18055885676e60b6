import type { FailoverStage } from './failover-stage.ts';
import { generateRun } from './generate-run.ts';
import { checkRun } from './oracle/check-run.ts';
import type { Observation } from './oracle/observation.ts';
import { playRun } from './play-run.ts';
import type { RunPlan } from './run-plan.ts';

/** A run of the test, and in which ways it broke what every run must hold. */
export interface CheckedRun {
  readonly plan: RunPlan;
  readonly wrongs: readonly string[];
  /** The ends of its failovers. */
  readonly outcomes: readonly string[];
  /** The number of calls that changed something around the app, or tried to. */
  readonly changes: number;
  /** The number of calls that went wrong on purpose. */
  readonly injectedFaults: number;
  /** What the rehearsal said meanwhile, and its last calls. */
  readonly story: readonly string[];
}

/** Plays the run of a seed, and checks it. */
export async function playSeed(stage: FailoverStage, seed: number): Promise<CheckedRun> {
  const plan = generateRun(seed, stage.failoverPlan);
  const observation = await playRun(stage, plan);
  return {
    plan,
    wrongs: checkRun(observation),
    outcomes: outcomesOf(observation),
    injectedFaults: stage.injectedFaults.count(),
    story: [...observation.remarks, ...stage.lastCalls.lines()],
    changes: observation.facts.filter(({ kind }) => kind === 'change').length,
  };
}

function outcomesOf({ failovers }: Observation): readonly string[] {
  return failovers.flatMap(({ entries }) =>
    entries.flatMap(({ entryId, outcome }) =>
      entryId === 'closed' || entryId.startsWith('ended#') ? [String(outcome)] : [],
    ),
  );
}

/** Writes out a run that broke something, with all that it takes to repeat it alone. */
export function failureText({
  plan,
  wrongs,
  story,
}: Pick<CheckedRun, 'plan' | 'wrongs' | 'story'>): string {
  return [
    `The run of seed ${plan.seed} broke what every run must hold:`,
    ...wrongs.map((wrong) => `  ${wrong}`),
    `Repeat it: SIGNALBOX_SEED=${plan.seed} npm test -- tests/failovers.test.ts`,
    JSON.stringify(plan),
    'How it ended:',
    ...story.map((line) => `  ${line}`),
  ].join('\n');
}

/** A seed that nobody has chosen. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 1_000_000_000);
}
