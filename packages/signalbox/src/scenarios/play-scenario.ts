import { dirname, join } from 'node:path';
import { SFNClient } from '@aws-sdk/client-sfn';
import { allExecutions } from '../cli/find-execution.ts';
import { readJsonFile } from '../project/read-json-file.ts';
import { awaitBreakpoint, type Breakpoint } from './breakpoint.ts';
import { executionsIn } from './executions-in.ts';
import { putEntries } from './put-entries.ts';
import { readExecutions } from './read-executions.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';
import type { Finding, ScenarioContext } from './scenario-extension.ts';
import type { EventResult, ExecutionResult, ScenarioResult } from './scenario-result.ts';
import { changeSettings } from './settings.ts';
import type { Stage } from './stage.ts';

/**
 * Plays a scenario: does what happens in it step by step, waits for the end, and compares what came
 * of it with what must come.
 * @throws {UserError} When the scenario names what is not there.
 */
export async function playScenario(
  root: string,
  stage: Stage,
  scenario: Scenario,
): Promise<ScenarioResult> {
  await stage.toNextStart();
  if (scenario.reset.length > 0) stage.simulatedResources.reset(scenario.reset);
  const putBack = await changeSettings(stage, scenario.settings);
  const endMocks = useMocks(root, stage, scenario);
  try {
    // The stack's reaction to the changes is no part of the scenario.
    await stage.settled();
    return await play(root, stage, scenario);
  } finally {
    endMocks?.();
    await putBack();
  }
}

function useMocks(root: string, stage: Stage, { mocks, file }: Scenario): (() => void) | undefined {
  if (mocks === undefined) return undefined;
  return stage.useMocks({ ...mocks, file: join(root, dirname(file), mocks.file) });
}

async function play(root: string, stage: Stage, scenario: Scenario): Promise<ScenarioResult> {
  const executions = await startedFrom(stage, scenario);
  const put: (string | EventResult)[] = [];
  const omissions: string[] = [];
  const base = {
    ...{ stage, executions, startedAt: stage.now() },
    readFile: (path: string) => readJsonFile(join(root, dirname(scenario.file), path)),
    omit: (what: string) => void omissions.push(what),
    putEvents: async (entries: Parameters<typeof putEntries>[1]) =>
      void put.push(...(await putEntries(stage, entries))),
  };
  const compare = await beginExpectations(scenario, contextOf(base, stage.settled));
  await playSteps(stage, scenario.steps, base);
  const eventIds = put.flatMap((event) => (typeof event === 'string' ? event : []));
  const findings = await compare({ eventIds, executions: await executions() });
  return {
    events: put.map((event) => (typeof event === 'string' ? stage.eventOf(event) : event)),
    executions: await executions(),
    found: Object.fromEntries(findings.map(({ name, found }) => [name, found])),
    differences: [...omissions, ...findings.flatMap(({ differences }) => differences)],
  };
}

/** Reads the executions that start from now on, of the scenario's workflow where it names one. */
async function startedFrom(
  stage: Stage,
  { workflow }: Scenario,
): Promise<() => Promise<readonly ExecutionResult[]>> {
  const client = new SFNClient(stage.client);
  const earlier = new Set((await allExecutions(client)).map(({ executionArn }) => executionArn));
  const name = workflow === undefined ? undefined : stage.physicalId(workflow).split(':').at(-1);
  return async () =>
    (await readExecutions(client, (arn) => !earlier.has(arn))).filter(
      ({ stateMachine }) => name === undefined || stateMachine === name,
    );
}

/** A scenario's context without what depends on the step. */
type BaseContext = Omit<ScenarioContext, 'executionsIn'>;

function contextOf(base: BaseContext, settled: () => Promise<void>): ScenarioContext {
  return {
    ...base,
    async executionsIn(state) {
      await settled();
      return executionsIn(state, base.executions);
    },
  };
}

interface NamedFinding extends Finding {
  readonly name: string;
}

async function beginExpectations({ expect }: Scenario, context: ScenarioContext) {
  const begun = await Promise.all(
    expect.map(async ({ name, begin }) => ({ name, compare: await begin(context) })),
  );
  return async (played: Parameters<(typeof begun)[number]['compare']>[0]) =>
    Promise.all(
      begun.map(
        async ({ name, compare }): Promise<NamedFinding> => ({ name, ...(await compare(played)) }),
      ),
    );
}

/** Plays the steps in turn; one that follows a call takes place while time stands still right after it. */
async function playSteps(
  stage: Stage,
  steps: readonly ScenarioStep[],
  base: BaseContext,
): Promise<void> {
  let breakpoint: Breakpoint | undefined;
  for (const [index, step] of steps.entries()) {
    const here = breakpoint;
    const call = steps[index + 1]?.after;
    const next = call === undefined ? undefined : awaitBreakpoint(stage, call);
    const settled = async () => {
      if (here?.isNow()) return; // while time stands still nothing comes to rest
      await (next === undefined ? stage.settled() : Promise.race([next.reached, stage.settled()]));
    };
    const context = contextOf(base, settled);
    for (const action of step.actions) await action(context);
    here?.end();
    await settled();
    if (next?.isNow() === false) base.omit(`the call ${call} never came`);
    breakpoint = next;
  }
}
