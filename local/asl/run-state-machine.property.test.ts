import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createBranch } from '../history/branch.ts';
import type { HistoryEvent } from '../history/history-event.ts';
import type { Json, JsonObject } from '../json.ts';
import { problemText } from '../result.ts';
import { parseStateMachine } from './parse/parse-state-machine.ts';
import type { Ports } from './ports.ts';
import { runStateMachine } from './run-state-machine.ts';

type MakeState = (next: JsonObject, names: readonly string[]) => JsonObject;

const LAMBDA = 'arn:aws:states:::lambda:invoke';
const CATCH = (next: string): Json => [{ ErrorEquals: ['States.ALL'], Next: next }];

/** States of every type, some of which fail; `names` are those that may follow. */
function stateOf(graphs: fc.Arbitrary<JsonObject>): fc.Arbitrary<MakeState> {
  const simple: readonly MakeState[] = [
    (next) => ({ Type: 'Pass', ...next }),
    (next) => ({ Type: 'Pass', Parameters: { 'x.$': '$.missing' }, ...next }),
    (next) => ({
      Type: 'Pass',
      QueryLanguage: 'JSONata',
      Assign: { v: '{% $states.input %}' },
      ...next,
    }),
    (next) => ({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $missing %}', ...next }),
    (next) => ({ Type: 'Wait', Seconds: 5, ...next }),
    (next) => ({ Type: 'Task', Resource: LAMBDA, ...next }),
    (next) => ({ Type: 'Task', Resource: LAMBDA, Parameters: { fail: true }, ...next }),
    (next) => ({
      Type: 'Task',
      Resource: LAMBDA,
      Parameters: { hang: true },
      TimeoutSeconds: 3,
      ...next,
    }),
    (next, [first]) => ({
      Type: 'Task',
      Resource: LAMBDA,
      Parameters: { fail: true },
      Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }],
      ...(first === undefined ? {} : { Catch: CATCH(first) }),
      ...next,
    }),
    () => ({ Type: 'Succeed' }),
    () => ({ Type: 'Fail', Error: 'Broken' }),
  ];
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...simple) },
    {
      weight: 1,
      arbitrary: fc.array(graphs, { minLength: 1, maxLength: 3 }).map(
        (branches): MakeState =>
          (next, [first]) => ({
            Type: 'Parallel',
            Branches: branches,
            ...(first === undefined ? {} : { Catch: CATCH(first) }),
            ...next,
          }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(graphs, fc.nat(3)).map(
        ([processor, concurrency]): MakeState =>
          (next) => ({
            Type: 'Map',
            QueryLanguage: 'JSONata',
            Items: [1, 2, 3, 4],
            MaxConcurrency: concurrency,
            ItemProcessor: processor,
            ...next,
          }),
      ),
    },
  );
}

/** A chain of states: each leads to the next, so that all are reachable. */
const { graph: GRAPH } = fc.letrec<{ graph: JsonObject }>((tie) => ({
  graph: fc
    .array(stateOf(tie('graph')), { minLength: 1, maxLength: 4, depthIdentifier: 'graph' })
    .map(chain),
}));

function chain(makers: readonly MakeState[]): JsonObject {
  const states: Record<string, Json> = {};
  for (const [at, make] of makers.entries()) {
    const isLast = at === makers.length - 1;
    const next: JsonObject = isLast ? { End: true } : { Next: `S${at + 1}` };
    const following = isLast ? [] : [`S${at + 1}`];
    const state = make(next, following);
    states[`S${at}`] = state;
    if (!('Next' in state)) break;
  }
  return { StartAt: 'S0', States: states };
}

function portsOf(events: HistoryEvent[]): Ports {
  let nowMs = 0;
  const now = (): Date => new Date(nowMs);
  const sleep = async (delayMs: number): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    nowMs += delayMs;
  };
  const unused = (): never => {
    throw new Error('Not a part of these machines');
  };
  return {
    now,
    sleep,
    deadline: sleep,
    random: () => 0,
    uuid: unused,
    taskToken: unused,
    async invoke({ parameters }) {
      const asked = JSON.stringify(parameters);
      if (asked.includes('hang')) return new Promise(() => undefined);
      if (asked.includes('fail')) return { kind: 'failed', error: 'Broken', cause: undefined };
      return { kind: 'succeeded', output: {} };
    },
    awaitToken: unused,
    awaitJob: unused,
    performActivity: unused,
    startMapRun: unused,
    history: createBranch({ now, append: (event) => events.push(event) }),
    context: { Execution: { Id: 'arn:aws:states:us-east-1:1:execution:m:e' } },
  };
}

async function historyOf(definition: JsonObject): Promise<readonly HistoryEvent[]> {
  const parsed = parseStateMachine(definition);
  if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('; '));
  const events: HistoryEvent[] = [];
  await runStateMachine(parsed.value, {}, portsOf(events), new AbortController().signal);
  return events;
}

const TERMINAL = /^Execution(Succeeded|Failed|TimedOut)$/;

describe('runStateMachine()', () => {
  test('ends every machine, with a well-formed history', async () => {
    await fc.assert(
      fc.asyncProperty(GRAPH, async (definition) => {
        const events = await historyOf(definition);
        const types = events.map(({ type }) => type);

        expect(events.map(({ id }) => id)).toEqual(events.map((_, at) => at + 1));
        expect(events.filter(({ id, previousEventId }) => previousEventId >= id)).toEqual([]);
        expect(types.filter((type) => TERMINAL.test(type))).toEqual([types.at(-1)]);
      }),
      { numRuns: 150 },
    );
  });

  test('leaves every state that it entered, where the execution succeeds', async () => {
    await fc.assert(
      fc.asyncProperty(GRAPH, async (definition) => {
        const events = await historyOf(definition);
        if (events.at(-1)?.type !== 'ExecutionSucceeded') return;
        const count = (end: string): number =>
          events.filter(({ type }) => type.endsWith(end)).length;

        const leftOtherwise =
          count('StateAborted') + events.filter(({ type }) => type === 'FailStateEntered').length;
        expect(count('StateExited')).toBeGreaterThanOrEqual(
          count('StateEntered') - leftOtherwise - count('Failed') - count('TimedOut'),
        );
      }),
      { numRuns: 100 },
    );
  });
});
