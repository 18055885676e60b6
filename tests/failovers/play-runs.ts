import type { FailoverStage } from './failover-stage.ts';
import { generateRun } from './generate-run.ts';
import { judge } from './oracle/judge.ts';
import type { Observation } from './oracle/observation.ts';
import { playRun } from './play-run.ts';
import type { RunPlan } from './run-plan.ts';

/** A run of the test, and in which ways it broke what every run must hold. */
export interface JudgedRun {
  readonly plan: RunPlan;
  readonly wrongs: readonly string[];
  /** How each of its failovers ended. */
  readonly outcomes: readonly string[];
  /** How many calls changed something around the app, or tried to. */
  readonly changes: number;
  /** How many calls went wrong on purpose. */
  readonly injectedFaults: number;
}

/** Plays the run of a seed, and judges it. */
export async function playSeed(stage: FailoverStage, seed: number): Promise<JudgedRun> {
  const plan = generateRun(seed, stage.failoverPlan);
  const observation = await playRun(stage, plan);
  return {
    plan,
    wrongs: judge(observation),
    outcomes: outcomesOf(observation),
    injectedFaults: stage.injectedFaults.count(),
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
export function failureText({ plan, wrongs }: Pick<JudgedRun, 'plan' | 'wrongs'>): string {
  return [
    `The run of seed ${plan.seed} broke what every run must hold:`,
    ...wrongs.map((wrong) => `  ${wrong}`),
    `Repeat it: SIGNALBOX_SEED=${plan.seed} npm test -- tests/failovers.test.ts`,
    JSON.stringify(plan),
  ].join('\n');
}

/** A seed that nobody has chosen. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 1_000_000_000);
}
