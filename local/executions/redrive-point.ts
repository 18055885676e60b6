import type { State, StateMachine } from '../asl/ast.ts';
import type { StartingPoint } from '../asl/run-state-machine.ts';
import type { HistoryEvent, StateEnteredFact, StateExitedFact } from '../history/history-event.ts';
import type { Json, JsonObject } from '../json.ts';
import { bad, ok, type Result } from '../result.ts';

type Entered = HistoryEvent & StateEnteredFact;
type Exited = HistoryEvent & StateExitedFact;

/**
 * Finds where a redrive goes on: the state that had not ended, with the input and the variables that
 * it had. States inside a Parallel or a Map are not looked at: a redrive into those is refused.
 */
export function redrivePoint(
  machine: StateMachine,
  input: Json,
  events: readonly HistoryEvent[],
): Result<StartingPoint> {
  let entered: Entered | undefined;
  let variables: JsonObject = {};
  for (const event of events) {
    if (isEntered(event) && machine.states.has(event.name)) entered = event;
    if (isExited(event) && machine.states.has(event.name)) {
      variables = { ...variables, ...event.assignedVariables };
    }
  }
  if (entered === undefined) return ok({ state: machine.startAt, input, variables });
  const state = machine.states.get(entered.name);
  if (state?.type === 'Parallel' || state?.type === 'Map') {
    return bad({
      message: `The rehearsal does not redrive ${state.type} states: '${state.name}' was not successful`,
    });
  }
  return ok({
    state: entered.name,
    input: entered.input,
    variables,
    entered: isEnteredAnew(state) ? undefined : entranceOf(entered),
  });
}

/** AWS: a Fail state is entered again, and fails again. */
function isEnteredAnew(state: State | undefined): boolean {
  return state?.type === 'Fail';
}

function entranceOf({ id, previousEventId, timestamp }: Entered): StartingPoint['entered'] {
  return { enteredEventId: id, previousEventId, enteredAt: new Date(timestamp) };
}

function isEntered(event: HistoryEvent): event is Entered {
  return event.type.endsWith('StateEntered');
}

function isExited(event: HistoryEvent): event is Exited {
  return event.type.endsWith('StateExited');
}
