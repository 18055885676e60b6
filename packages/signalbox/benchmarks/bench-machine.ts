import type { Json, JsonObject } from '../src/core/json.ts';
import { invalid } from '../src/core/user-error.ts';
import { createBranch } from '../src/history/branch.ts';
import { createMemoryStore } from '../src/history/memory-store.ts';
import type { HistoryStore } from '../src/history/store.ts';
import { parseStateMachine } from '../src/states-language/parse/parse-state-machine.ts';
import type { MapRun, Ports } from '../src/states-language/ports.ts';
import { runStateMachine } from '../src/states-language/run-state-machine.ts';

/** Runs one execution to its end and returns the store that has its history. */
export type BenchMachine = (input: Json) => Promise<HistoryStore>;

/** The execution of every store here. */
export const EXECUTION_ARN = 'arn:aws:states:us-east-1:111111111111:execution:bench:1';

/**
 * Parses a definition and runs it without services, each execution with its history in a store of its
 * own, in memory; `onChild` is called for each child of its Map Runs.
 */
export function benchMachine(
  definition: JsonObject,
  onChild: () => void = () => undefined,
): BenchMachine {
  const parsed = parseStateMachine(definition);
  if (!parsed.ok) throw invalid(parsed.problems);
  const { signal } = new AbortController();
  return async (input) => {
    const store = createMemoryStore();
    store.create(headerOf(definition));
    const append: Append = (event) => store.append(EXECUTION_ARN, event);
    const result = await runStateMachine(parsed.value, input, benchPorts(append, onChild), signal);
    if (result.kind === 'failed') throw new Error(`${result.error}: ${result.cause}`);
    return store;
  };
}

type Append = Parameters<typeof createBranch>[0]['append'];

/** Ports without services and without a history but for what `append` takes. */
function benchPorts(append: Append, onChild: () => void): Ports {
  const now = (): Date => new Date();
  const refused = (): never => {
    throw new Error('Not a part of these machines');
  };
  return {
    now,
    sleep: () => Promise.resolve(),
    deadline: () => Promise.resolve(),
    random: () => 0.5,
    uuid: () => 'uuid',
    taskToken: refused,
    invoke: refused,
    awaitToken: refused,
    awaitJob: refused,
    hasActivity: () => true,
    performActivity: refused,
    startMapRun: () => startMapRun(onChild),
    history: createBranch({ now, append }),
    context: { Execution: { Id: EXECUTION_ARN } },
  };
}

/** A Map Run whose children keep no history. */
function startMapRun(onChild: () => void): MapRun {
  return {
    arn: 'arn:aws:states:us-east-1:111111111111:mapRun:bench/Map:1',
    child() {
      onChild();
      return {
        name: 'child',
        executionArn: 'arn:aws:states:us-east-1:111111111111:execution:bench/Map:child',
        stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:bench/Map',
        ports: benchPorts(() => undefined, onChild),
      };
    },
    end: () => undefined,
  };
}

function headerOf(definition: JsonObject) {
  return {
    executionArn: EXECUTION_ARN,
    name: '1',
    stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:bench',
    stateMachineName: 'bench',
    type: 'STANDARD',
    roleArn: 'arn:aws:iam::111111111111:role/bench',
    definition: JSON.stringify(definition),
    input: '{}',
    startDate: new Date().toISOString(),
  } as const;
}
