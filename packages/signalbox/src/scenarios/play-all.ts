import { UserError } from '../core/user-error.ts';
import { playScenario } from './play-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioResult } from './scenario-result.ts';
import type { Stage } from './stage.ts';

/** A scenario that was played, and where it ended otherwise than it should. */
export interface PlayedScenario {
  readonly scenario: Scenario;
  /** Undefined where it could not be played, or was left out. */
  readonly result: ScenarioResult | undefined;
  /** Empty where all is as it should be. */
  readonly differences: readonly string[];
  /** The reason for which it was not played: its wait would be real. */
  readonly skipped: string | undefined;
  /** Milliseconds of real time. */
  readonly realMs: number;
  /** The duration of its longest execution on the rehearsal's clock, in milliseconds. */
  readonly rehearsedMs: number;
}

/** An observer of the scenarios as they are played. */
export interface Audience {
  begins(scenario: Scenario, index: number): void;
  ended(played: PlayedScenario): void;
}

/** Plays scenarios one after the other, in their order. */
export async function playAll(
  root: string,
  stage: Stage,
  scenarios: readonly Scenario[],
  audience: Audience,
): Promise<readonly PlayedScenario[]> {
  const all: PlayedScenario[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    audience.begins(scenario, index);
    const played = await playOne(root, stage, scenario);
    audience.ended(played);
    all.push(played);
  }
  return all;
}

async function playOne(root: string, stage: Stage, scenario: Scenario): Promise<PlayedScenario> {
  const nothing = { scenario, result: undefined, differences: [], realMs: 0, rehearsedMs: 0 };
  if (waitsInVain(scenario) && stage.nobodyAnswers === undefined) {
    return { ...nothing, skipped: 'its wait would be real' };
  }
  const begunMs = performance.now();
  try {
    const result = await playScenario(root, stage, scenario);
    return {
      ...nothing,
      result,
      differences: result.differences,
      skipped: undefined,
      realMs: performance.now() - begunMs,
      rehearsedMs: Math.max(0, ...result.executions.map(({ durationMs }) => durationMs)),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...nothing, differences: [error.message], skipped: undefined };
  }
}

function waitsInVain({ steps }: Scenario): boolean {
  return steps.some(({ timesOut }) => timesOut);
}
