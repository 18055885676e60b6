import { dirname, join } from 'node:path';
import { readJsonFile } from '../project/read-json-file.ts';
import { awaitBreakpoint, type Breakpoint } from './breakpoint.ts';
import { executionResult } from './execution-result.ts';
import { executionsIn } from './executions-in.ts';
import { putEntries } from './put-entries.ts';
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

async function play(root: string, home: Stage, scenario: Scenario): Promise<ScenarioResult> {
  const omissions: string[] = [];
  const common = {
    startedAt: home.now(),
    readFile: (path: string) => readJsonFile(join(root, dirname(scenario.file), path)),
    omit: (what: string) => void omissions.push(what),
  };
  const parts = new Map<string | undefined, Part>();
  for (const region of regionsOf(scenario)) {
    const stage = region === undefined ? home : home.inRegion(region);
    parts.set(region, await partOf(stage, scenario, common));
  }
  const compare = await beginExpectations(scenario, (region) => partIn(parts, region));
  await playSteps(home, scenario.steps, (region) => partIn(parts, region).base);
  const findings = await compare();
  const all = [...parts.values()];
  return {
    events: all.flatMap(({ events }) => events()),
    executions: all.flatMap(({ base }) => base.executions()),
    found: Object.fromEntries(findings.map(({ name, found }) => [name, found])),
    differences: [...omissions, ...findings.flatMap(({ differences }) => differences)],
  };
}

/** The Regions in which a scenario happens, the app's own first. */
function regionsOf({ steps, expect }: Scenario): ReadonlySet<string | undefined> {
  return new Set([undefined, ...[...steps, ...expect].map(({ region }) => region)]);
}

/** What of a scenario happens in one Region. */
interface Part {
  readonly base: BaseContext;
  /** The ids of the events that it put there, which the bus took. */
  eventIds(): readonly string[];
  events(): readonly EventResult[];
}

async function partOf(
  stage: Stage,
  scenario: Scenario,
  common: Pick<BaseContext, 'startedAt' | 'readFile' | 'omit'>,
): Promise<Part> {
  const executions = startedFrom(stage, scenario);
  const put: (string | EventResult)[] = [];
  const putEvents: BaseContext['putEvents'] = async (entries) =>
    void put.push(...(await putEntries(stage, entries)));
  return {
    base: { ...common, stage, executions, putEvents },
    eventIds: () => put.flatMap((event) => (typeof event === 'string' ? event : [])),
    events: () => put.map((event) => (typeof event === 'string' ? stage.eventOf(event) : event)),
  };
}

function partIn(parts: ReadonlyMap<string | undefined, Part>, region: string | undefined): Part {
  const part = parts.get(region);
  if (part === undefined) throw new Error(`The scenario has no part in ${region}`);
  return part;
}

/** The executions that start from now on, of the scenario's workflow where it names one; of Express machines none, as AWS lists none. */
function startedFrom(stage: Stage, { workflow }: Scenario): () => readonly ExecutionResult[] {
  const { histories } = stage;
  const earlier = new Set(histories.executions().map(({ header }) => header.executionArn));
  const arn = workflow === undefined ? undefined : stage.physicalId(workflow);
  return () =>
    histories
      .executions()
      .filter(
        ({ header: { executionArn, stateMachineArn, type } }) =>
          type === 'STANDARD' &&
          !earlier.has(executionArn) &&
          (arn === undefined || stateMachineArn === arn),
      )
      .map((stored) => executionResult(stage, stored));
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

async function beginExpectations(
  { expect }: Scenario,
  partOfRegion: (region: string | undefined) => Part,
): Promise<() => Promise<readonly NamedFinding[]>> {
  const begun = await Promise.all(
    expect.map(async ({ name, region, begin }) => {
      const part = partOfRegion(region);
      return {
        name,
        region,
        part,
        compare: await begin(contextOf(part.base, part.base.stage.settled)),
      };
    }),
  );
  return () =>
    Promise.all(
      begun.map(async ({ name, region, part, compare }) => {
        const { base, eventIds } = part;
        const finding = await compare({
          eventIds: eventIds(),
          executions: base.executions(),
        });
        return region === undefined ? { name, ...finding } : inRegion(region, { name, ...finding });
      }),
    );
}

function inRegion(region: string, { name, found, differences }: NamedFinding): NamedFinding {
  const named = differences.map((line) => `${region}: ${line}`);
  return { name: `${region}: ${name}`, found, differences: named };
}

/** Plays the steps in turn; one that follows a call takes place while time stands still right after it. */
async function playSteps(
  stage: Stage,
  steps: readonly ScenarioStep[],
  baseOf: (region: string | undefined) => BaseContext,
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
    const base = baseOf(step.region);
    const context = contextOf(base, settled);
    for (const action of step.actions) await action(context);
    here?.end();
    await settled();
    if (next?.isNow() === false) base.omit(`the call ${call} never came`);
    breakpoint = next;
  }
}
