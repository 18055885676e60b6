import type { State, StateGraph } from '../ast.ts';
import type { DefinitionPath, Diagnostics } from '../parse/diagnostic.ts';

/** A state that leads to another, and where the definition says so. */
export interface Target {
  readonly state: string;
  readonly place: DefinitionPath;
}

/** Lists the states that a state may lead to. */
export function targetsOf(state: State, place: DefinitionPath): readonly Target[] {
  const targets: Target[] = [];
  if ('transition' in state && state.transition.kind === 'next') {
    targets.push({ state: state.transition.state, place: [...place, 'Next'] });
  }
  if ('catchers' in state) {
    state.catchers.forEach(({ next }, at) => {
      targets.push({ state: next, place: [...place, 'Catch', at, 'Next'] });
    });
  }
  if (state.type === 'Choice') {
    state.rules.forEach(({ next }, at) => {
      targets.push({ state: next, place: [...place, 'Choices', at, 'Next'] });
    });
    if (state.defaultState !== undefined) {
      targets.push({ state: state.defaultState, place: [...place, 'Default'] });
    }
  }
  return targets;
}

/** Refuses to lead to a state that is not there. */
export function checkTargets(
  graph: StateGraph,
  diagnostics: Diagnostics,
  place: DefinitionPath,
): void {
  if (graph.startAt !== '' && !graph.states.has(graph.startAt)) {
    missing(diagnostics, 'StartAt', graph.startAt, [...place, 'StartAt']);
  }
  for (const state of graph.states.values()) {
    for (const target of targetsOf(state, [...place, 'States', state.name])) {
      if (target.state === '' || graph.states.has(target.state)) continue;
      const field = String(target.place.at(-1));
      missing(diagnostics, field, target.state, target.place);
    }
  }
}

function missing(
  diagnostics: Diagnostics,
  field: string,
  state: string,
  place: DefinitionPath,
): void {
  diagnostics.add('MISSING_TRANSITION_TARGET', `Missing '${field}' target: ${state}`, place);
}
