import type { Assign, State, StateGraph, StateMachine } from '../ast.ts';
import { innerGraphs } from './inner-graphs.ts';

/** The variables that a state assigns. */
export function assignedVariables(state: State): readonly string[] {
  const rules = state.type === 'Choice' ? state.rules : [];
  const catchers = 'catchers' in state ? state.catchers : [];
  const assigns: readonly Assign[] = [state.flow, ...rules, ...catchers].flatMap(
    ({ assign }) => assign ?? [],
  );
  return assigns.flatMap((assign) => [...assign.keys()]);
}

/** The variables of a machine that each of its states reads, by the state's name. */
export function variableReferencesOf(machine: StateMachine): Readonly<Record<string, string[]>> {
  const states = statesIn(machine);
  const known = new Set(states.flatMap(assignedVariables));
  return Object.fromEntries(
    states.flatMap((state) => {
      const names = [...new Set(namesRead(state))].filter((name) => known.has(name));
      return names.length === 0 ? [] : [[state.name, names]];
    }),
  );
}

function statesIn(graph: StateGraph): readonly State[] {
  const inner = innerGraphs(graph, []).flatMap((found) => statesIn(found.graph));
  return [...graph.states.values(), ...inner];
}

/** The texts of an expression, which hold no variables. */
const TEXTS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;
const VARIABLE = /\$([\p{ID_Start}_][\p{ID_Continue}]*)/gu;

/** The names that stand behind a dollar sign in what a state computes; the graphs inside it are other states. */
function namesRead(value: unknown): readonly string[] {
  if (value instanceof Map) return [...value.values()].flatMap(namesRead);
  if (typeof value !== 'object' || value === null) return [];
  if ('source' in value && typeof value.source === 'string') {
    return namesIn(value.source.replace(TEXTS, '""'));
  }
  if ('root' in value && 'text' in value && typeof value.text === 'string') {
    return namesIn(value.text.replace(TEXTS, ''));
  }
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'processor' || name === 'branches' ? [] : namesRead(member),
  );
}

function namesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(VARIABLE), ([, name = '']) => name);
}
