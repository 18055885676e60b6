import { randomUUID } from 'node:crypto';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { createBranch } from '../../history/branch.ts';
import type { State, StateMachine } from '../../states-language/ast.ts';
import type { Ports } from '../../states-language/ports.ts';
import type { Run, Visit } from '../../states-language/run.ts';
import { runGraph } from '../../states-language/run-graph.ts';
import { runFrom, runStateMachine } from '../../states-language/run-state-machine.ts';
import type { TaskResult } from '../../states-language/task-result.ts';
import { Variables } from '../../states-language/variables.ts';
import { statesArn } from '../arns.ts';
import type { StatesContext } from '../states-context.ts';
import type { TestedState } from './find-tested-state.ts';
import { TESTED_NAME } from './find-tested-state.ts';
import type { Mock } from './read-mock.ts';

/** The input and the mock that a state is tested with. */
export interface TestedWith {
  readonly input: Json;
  readonly variables: JsonObject;
  /** The context object, where the caller gave one. */
  readonly context: JsonObject | undefined;
  readonly roleArn: string | undefined;
  readonly mock: Mock | undefined;
  readonly retryCount: number;
}

/** The input of the task and its result. */
export interface Observed {
  parameters: Json | undefined;
  result: Json | undefined;
}

/** A visit to the state under test, which is in no machine's history. */
export interface TestedVisit {
  readonly visit: Visit;
  readonly observed: Observed;
}

/** Opens a visit to the state, as the first state of an Express execution. */
export function openTestedVisit(
  context: StatesContext,
  tested: TestedState,
  given: TestedWith,
): TestedVisit {
  const observed: Observed = { parameters: undefined, result: undefined };
  const { state, machine, isInMap } = tested;
  const taskToken = tokenOf(given.context) ?? (hasToken(state) ? randomUUID() : undefined);
  const ports = portsOf(context, given, observed, taskToken);
  const map = given.context?.['Map'];
  const inMap = isInMap ? { Item: { Index: 0, Value: given.input } } : undefined;
  const run = runOf(
    machine,
    ports,
    given.variables,
    isJsonObject(map) ? map : inMap,
    given.context,
  );
  const previousEventId = run.branch.record({
    type: 'ExecutionStarted',
    input: given.input,
    roleArn: given.roleArn ?? '',
  });
  const enteredEventId = run.branch.record({
    type: `${state.type}StateEntered`,
    name: state.name,
    input: given.input,
  });
  const entered = { enteredEventId, previousEventId, input: given.input, taskToken };
  return { visit: { run, ...entered, ...placeOf(state, given, ports) }, observed };
}

function placeOf(state: State, { context, retryCount }: TestedWith, ports: Ports) {
  const given = isJsonObject(context?.['State']) ? context['State'] : {};
  const { Name: name, EnteredTime: time, RetryCount: count } = given;
  return {
    stateName: typeof name === 'string' ? name : TESTED_NAME,
    enteredAt: typeof time === 'string' ? new Date(time) : ports.now(),
    retryCount: typeof count === 'number' ? count : retryCount,
    isRetriable: state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map',
  };
}

function runOf(
  machine: StateMachine,
  ports: Ports,
  variables: JsonObject,
  map: JsonObject | undefined,
  givenContext: JsonObject | undefined,
): Run {
  return {
    ports,
    machine,
    branch: ports.history,
    variables: new Variables(variables),
    signal: new AbortController().signal,
    isBranch: false,
    map,
    runGraph,
    runMachine: runStateMachine,
    runMachineFrom: runFrom,
    expectResult: () => () => {},
    timeOut: () => {},
    givenContext,
  };
}

function portsOf(
  context: StatesContext,
  given: TestedWith,
  observed: Observed,
  taskToken: string | undefined,
): Ports {
  const { clock } = context;
  const [machineName, name] = [randomUUID(), randomUUID()];
  const executionArn = statesArn(context, 'express', machineName, name);
  const stateMachineArn = statesArn(context, 'stateMachine', machineName);
  const history = createBranch({ now: () => clock.now(), append: () => {} });
  const startDate = clock.now().toISOString();
  const header = {
    executionArn,
    name,
    stateMachineArn,
    stateMachineName: machineName,
    type: 'EXPRESS' as const,
    roleArn: given.roleArn ?? '',
    definition: '{}',
    input: jsonText(given.input),
    startDate,
  };
  const real = context.ports(header, given.input, history);
  const observe = (result: TaskResult): TaskResult => {
    if (result.kind === 'succeeded') observed.result = result.output;
    return result;
  };
  const mocked = mockedResult(given.mock);
  const mockedOr = async (ask: () => Promise<TaskResult>) => observe(mocked ?? (await ask()));
  return {
    ...real,
    context: contextOf(given, {
      Execution: {
        Id: executionArn,
        Input: given.input,
        Name: name,
        RoleArn: given.roleArn ?? null,
        StartTime: startDate,
      },
      StateMachine: { Id: stateMachineArn, Name: machineName },
    }),
    taskToken: () => taskToken ?? randomUUID(),
    invoke(request, signal) {
      observed.parameters = request.parameters;
      return mockedOr(() => real.invoke(request, signal));
    },
    awaitToken: (...asked) => mockedOr(() => real.awaitToken(...asked)),
    awaitJob: (...asked) => mockedOr(() => real.awaitJob(...asked)),
    performActivity(request, progress, signal) {
      observed.parameters = request.parameters;
      return mockedOr(() => real.performActivity(request, progress, signal));
    },
  };
}

/** AWS: the context object of a `.sync` task has a token too. */
function hasToken(state: State): boolean {
  if (state.type !== 'Task') return false;
  return state.resource.kind === 'service' && state.resource.pattern !== 'requestResponse';
}

function mockedResult(mock: Mock | undefined): TaskResult | undefined {
  if (mock === undefined) return undefined;
  if (mock.kind === 'result') return { kind: 'succeeded', output: mock.value };
  return { kind: 'failed', error: mock.error, cause: mock.cause };
}

/** The parts of the context object that come from outside of the state. */
function contextOf({ context }: TestedWith, otherwise: JsonObject): JsonObject {
  if (context === undefined) return otherwise;
  const { State: _s, Map: _m, Task: _t, ...rest } = context;
  return rest;
}

function tokenOf(context: JsonObject | undefined): string | undefined {
  const task = context?.['Task'];
  const token = isJsonObject(task) ? task['Token'] : undefined;
  return typeof token === 'string' ? token : undefined;
}
