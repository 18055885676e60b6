import { objectOf } from '../../core/exact-json/ordered-object.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** The state that a fork begins at, and what it knows. */
export interface ForkPoint {
  readonly stateName: string;
  /** Its variables, by name. */
  readonly variables: Readonly<Record<string, Json>>;
}

/** The state that gives a fork its variables. */
export const VARIABLES_STATE = 'Variables of the fork';

/**
 * Makes the definition of a fork: the same states, begun at another one. A state inside a Map or
 * Parallel is forked with the states around it alone, since no execution begins inside another.
 *
 * @param definition The workflow's, parsed.
 * @returns Undefined where there is no such state.
 */
export function forkDefinition(definition: Json, point: ForkPoint): JsonObject | undefined {
  const language = isJsonObject(definition) ? definition['QueryLanguage'] : undefined;
  const graph = graphWith(definition, point.stateName);
  if (graph === undefined) return undefined;
  const { States: all } = graph;
  if (!isJsonObject(all)) return undefined;
  const states = reachable(all, point.stateName);
  const comment = `Forked at ${point.stateName}`;
  const begun = {
    Comment: comment,
    ...(language === undefined ? {} : { QueryLanguage: language }),
  };
  if (Object.keys(point.variables).length === 0) {
    return { ...begun, StartAt: point.stateName, States: states };
  }
  return {
    ...begun,
    StartAt: VARIABLES_STATE,
    States: { [VARIABLES_STATE]: variablesState(point), ...states },
  };
}

/** AWS refuses a definition with states that nothing leads to: those before the fork are left out. */
function reachable(states: JsonObject, from: string): JsonObject {
  const found = new Set([from]);
  // A set grows while it is walked.
  for (const name of found) {
    for (const next of nextOf(states[name] ?? null)) found.add(next);
  }
  return Object.fromEntries(Object.entries(states).filter(([name]) => found.has(name)));
}

function nextOf(state: Json): readonly string[] {
  if (!isJsonObject(state)) return [];
  const { Next: next, Default: otherwise, Choices: choices, Catch: catches } = state;
  const rules = [choices, catches].flatMap((list) => (Array.isArray(list) ? list : []));
  const targets = [
    next,
    otherwise,
    ...rules.map((rule: Json) => isJsonObject(rule) && rule['Next']),
  ];
  return targets.filter((target) => typeof target === 'string');
}

function variablesState({ variables, stateName }: ForkPoint): JsonObject {
  const values = Object.entries(variables).map(([name, value]) => [name, literal(value)] as const);
  const assign = Object.fromEntries(values);
  return { Type: 'Pass', QueryLanguage: 'JSONata', Assign: assign, Next: stateName };
}

/** A value that stays what it is: a text that looks like an expression becomes one that yields it. */
function literal(value: Json): Json {
  if (typeof value === 'string') {
    return value.includes('{%') || value.includes('%}') ? `{% ${JSON.stringify(value)} %}` : value;
  }
  if (Array.isArray(value)) return value.map(literal);
  if (!isJsonObject(value)) return value;
  return objectOf(Object.entries(value).map(([name, one]) => [name, literal(one)] as const));
}

/** Finds the states among which a state stands: the machine's, a branch's, or those of a Map. */
function graphWith(value: Json, stateName: string): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const { States: states } = value;
  if (!isJsonObject(states)) return undefined;
  if (Object.hasOwn(states, stateName)) return value;
  for (const state of Object.values(states)) {
    for (const inner of innerGraphs(state)) {
      const found = graphWith(inner, stateName);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function innerGraphs(state: Json): readonly Json[] {
  if (!isJsonObject(state)) return [];
  const { ItemProcessor: processor, Iterator: iterator, Branches: branches } = state;
  return [processor ?? null, iterator ?? null, ...(Array.isArray(branches) ? branches : [])];
}
