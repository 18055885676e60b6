import type { StateGraph } from '../ast.ts';
import type { DefinitionPath, Diagnostics } from '../parse/diagnostic.ts';

/** Warns of a task that waits for its token for ever, invisible to every alarm. */
export function checkTokenTimeouts(
  graph: StateGraph,
  diagnostics: Diagnostics,
  place: DefinitionPath,
): void {
  for (const state of graph.states.values()) {
    if ((state.type !== 'Task' || state.timeoutSeconds) ?? state.heartbeatSeconds) continue;
    const { resource } = state;
    const waits =
      resource.kind === 'activity' ||
      (resource.kind === 'service' && resource.pattern === 'waitForTaskToken');
    if (!waits) continue;
    diagnostics.warn(
      'NO_TASK_TIMEOUT',
      'The task waits for a result without TimeoutSeconds or HeartbeatSeconds: add one, or it may wait for a year',
      [...place, 'States', state.name],
    );
  }
}
