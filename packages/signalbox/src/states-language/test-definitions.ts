import fc from 'fast-check';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';

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

const { graph: GRAPHS } = fc.letrec<{ graph: JsonObject }>((tie) => ({
  graph: fc
    .array(stateOf(tie('graph')), { minLength: 1, maxLength: 4, depthIdentifier: 'graph' })
    .map(chain),
}));

/** Definitions whose states lead each to the next, so that all are reachable, nested as they please. */
export const DEFINITIONS = GRAPHS.map((graph) => named(graph, 'S'));

/** Gives each state a name that no other has, in whichever branch. */
function named(graph: JsonObject, prefix: string): JsonObject {
  const states = Object.entries(membersOf(graph['States'])).map(([name, state]) => {
    const own = name.replace('S', prefix);
    return [own, namedState(membersOf(state), prefix, `${own}_`)] as const;
  });
  return { StartAt: `${prefix}0`, States: Object.fromEntries(states) };
}

function namedState(state: JsonObject, prefix: string, inner: string): JsonObject {
  const { Next: next, Catch: catchers, Branches: branches, ItemProcessor: processor } = state;
  return {
    ...state,
    ...('Assign' in state ? { Assign: { [`v${inner}`]: '{% $states.input %}' } } : {}),
    ...(typeof next === 'string' ? { Next: next.replace('S', prefix) } : {}),
    // What is caught leads on to the next state, as the state itself does.
    ...(Array.isArray(catchers) && typeof next === 'string'
      ? { Catch: CATCH(next.replace('S', prefix)) }
      : {}),
    ...(Array.isArray(branches)
      ? { Branches: branches.map((branch, at) => named(membersOf(branch), `${inner}${at}_`)) }
      : {}),
    ...(processor === undefined ? {} : { ItemProcessor: named(membersOf(processor), inner) }),
  };
}

function membersOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

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
