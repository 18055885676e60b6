import fc from 'fast-check';
import type { Json, JsonObject } from '../core/json.ts';

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

/** Definitions whose states lead each to the next, so that all are reachable, nested as they please. */
export const { graph: DEFINITIONS } = fc.letrec<{ graph: JsonObject }>((tie) => ({
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
