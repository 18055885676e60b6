import { dirname, join } from 'node:path';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { entriesOf } from '../cli/event-entries.ts';
import { allExecutions } from '../cli/find-execution.ts';
import { readJsonFile } from '../cli/read-json-file.ts';
import { withTimes } from '../core/relative-time.ts';
import { awaitBreakpoint, type Breakpoint } from './breakpoint.ts';
import { performStep } from './perform-step.ts';
import { readExecutions } from './read-executions.ts';
import { readShop } from './read-shop.ts';
import type { Scenario, Step } from './scenario.ts';
import type { EventResult, ExecutionResult, ScenarioResult } from './scenario-result.ts';
import { changeSettings } from './settings.ts';
import type { Stage } from './stage.ts';
import { watchOperations } from './watch-operations.ts';

/**
 * Plays a scenario: does what happens in it step by step, waits for the end, and reads what came of
 * it.
 * @throws {UserError} When the scenario names what is not there.
 */
export async function playScenario(
  root: string,
  stage: Stage,
  scenario: Scenario,
): Promise<ScenarioResult> {
  await stage.toNextStart();
  if (scenario.world.length > 0) stage.world.reset(scenario.world);
  const putBack = await changeSettings(stage, scenario.settings);
  try {
    return await play(root, stage, scenario);
  } finally {
    await putBack();
  }
}

async function play(root: string, stage: Stage, scenario: Scenario): Promise<ScenarioResult> {
  const client = new SFNClient(stage.client);
  const earlier = new Set((await allExecutions(client)).map(({ executionArn }) => executionArn));
  const cameOf = await watchOperations(stage, scenario.expect);
  const steps = scenario.steps.map((step) => ({
    step,
    entries: entriesIn(root, scenario, step, stage.now()),
  }));
  const stateMachine = stateMachineOf(stage, scenario);
  const started = async (): Promise<readonly ExecutionResult[]> =>
    (await readExecutions(client, (arn) => !earlier.has(arn))).filter(
      (one) => stateMachine === undefined || one.stateMachine === stateMachine,
    );

  const { eventIds, omissions } = await playSteps(stage, steps, started);
  const executions = await started();
  const orderIds = new Set(executions.flatMap(({ orderId }) => orderId ?? []));
  return {
    ...(await readShop(stage, [...orderIds], Object.keys(scenario.expect.stock))),
    ...(await cameOf(eventIds)),
    events: eventIds.map((id) => (typeof id === 'string' ? stage.eventOf(id) : id)),
    executions,
    omissions,
  };
}

interface PreparedStep {
  readonly step: Step;
  readonly entries: readonly PutEventsRequestEntry[];
}

interface PlayedSteps {
  /** Ids of the events that were put, or what the bus refused. */
  readonly eventIds: readonly (string | EventResult)[];
  readonly omissions: readonly string[];
}

/** Plays the steps in turn; one that follows a call takes place while time stands still right after it. */
async function playSteps(
  stage: Stage,
  steps: readonly PreparedStep[],
  started: () => Promise<readonly ExecutionResult[]>,
): Promise<PlayedSteps> {
  const eventIds: (string | EventResult)[] = [];
  const omissions: string[] = [];
  let breakpoint: Breakpoint | undefined;
  for (const [index, { step, entries }] of steps.entries()) {
    const here = breakpoint;
    const call = steps[index + 1]?.step.after;
    const next = call === undefined ? undefined : awaitBreakpoint(stage, call);
    const settled = async () => {
      if (here?.isNow()) return; // while time stands still nothing comes to rest
      await (next === undefined ? stage.settled() : Promise.race([next.reached, stage.settled()]));
    };
    eventIds.push(...(await performStep(step, { stage, entries, started, settled })));
    here?.end();
    await settled();
    if (next?.isNow() === false) omissions.push(`the call ${call} never came`);
    breakpoint = next;
  }
  return { eventIds, omissions };
}

function entriesIn(
  root: string,
  { file }: Scenario,
  { entries }: Step,
  now: Date,
): readonly PutEventsRequestEntry[] {
  if (entries === undefined) return [];
  const entriesFile = join(dirname(file), entries);
  return entriesOf(withTimes(readJsonFile(join(root, entriesFile)), now), entriesFile);
}

/** The name of the state machine whose executions a scenario counts; undefined where all count. */
function stateMachineOf(
  { physicalId }: Stage,
  { workflow }: Pick<Scenario, 'workflow'>,
): string | undefined {
  return workflow === undefined ? undefined : physicalId(workflow).split(':').at(-1);
}
