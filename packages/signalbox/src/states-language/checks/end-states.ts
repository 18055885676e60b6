import type { StateGraph } from '../ast.ts';
import type { Diagnostics } from '../parse/diagnostic.ts';

/** Refuses a graph in which no state ends. */
export function checkEndStates(graph: StateGraph, diagnostics: Diagnostics): void {
  const states = [...graph.states.values()];
  const ends = states.some(
    (state) =>
      state.type === 'Succeed' ||
      state.type === 'Fail' ||
      ('transition' in state && state.transition.kind === 'end'),
  );
  if (states.length === 0 || ends) return;
  diagnostics.whole('MISSING_END_STATE', 'Workflow has no terminal state');
}
