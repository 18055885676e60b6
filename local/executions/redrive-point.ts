import type { State, StateGraph, StateMachine } from '../asl/ast.ts';
import type { BranchPoint, Entrance, StartingPoint } from '../asl/starting-point.ts';
import type { HistoryEvent, StateEnteredFact, StateExitedFact } from '../history/history-event.ts';
import type { Json, JsonObject } from '../json.ts';
import { bad, ok, type Result } from '../result.ts';

type Entered = HistoryEvent & StateEnteredFact;
type Exited = HistoryEvent & StateExitedFact;

/**
 * Finds where a redrive goes on: the state that had not ended, with the input and the variables that
 * it had, and of a Parallel the same for each branch. A redrive into a Map is refused.
 */
export function redrivePoint(
  machine: StateMachine,
  input: Json,
  events: readonly HistoryEvent[],
): Result<StartingPoint> {
  const point = pointIn(machine, input, events);
  if (point instanceof MapState) {
    return bad({
      message: `The rehearsal does not redrive Map states: '${point.name}' was not successful`,
    });
  }
  return ok(point);
}

/** A Map in which a redrive would have to go on. */
class MapState {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

function pointIn(
  graph: StateGraph,
  input: Json,
  events: readonly HistoryEvent[],
): StartingPoint | MapState {
  const { entered, variables } = lastOf(graph, events);
  if (entered === undefined) return { state: graph.startAt, input, variables };
  const state = graph.states.get(entered.name);
  if (state?.type === 'Map') return new MapState(state.name);
  const branches: BranchPoint[] = [];
  for (const branch of state?.type === 'Parallel' ? state.branches : []) {
    const point = branchPoint(branch, entered.input, events);
    if (point instanceof MapState) return point;
    branches.push(point);
  }
  const entrance = entranceOf(entered, isStarted(state, entered, events) ? branches : undefined);
  return {
    state: entered.name,
    input: entered.input,
    variables,
    entered: isEnteredAnew(state) ? undefined : entrance,
  };
}

/** Before its branches began, a Parallel begins as if it were never tried. */
function isStarted(
  state: State | undefined,
  { id }: Entered,
  events: readonly HistoryEvent[],
): boolean {
  if (state?.type !== 'Parallel') return false;
  const firstStates = new Set(state.branches.map(({ startAt }) => startAt));
  return events.some((event) => event.id > id && isEntered(event) && firstStates.has(event.name));
}

function branchPoint(
  graph: StateGraph,
  input: Json,
  events: readonly HistoryEvent[],
): BranchPoint | MapState {
  const { entered, exited, variables } = lastOf(graph, events);
  const state = graph.states.get(entered?.name ?? '');
  if (entered !== undefined && exited !== undefined && exited.id > entered.id) {
    const next = nextOf(state);
    if (next === 'end') return { kind: 'ended', output: exited.output };
    // A sibling failed between two states: the branch goes on with the second, where it is known.
    if (next !== undefined) {
      return { kind: 'begun', start: { state: next, input: exited.output, variables } };
    }
    return { kind: 'begun', start: { state: entered.name, input: entered.input, variables } };
  }
  const start = pointIn(graph, input, events);
  return start instanceof MapState ? start : { kind: 'begun', start };
}

/** The state after one, as far as the definition alone tells. */
function nextOf(state: State | undefined): string | undefined {
  if (state === undefined || state.type === 'Choice' || state.type === 'Fail') return undefined;
  if (state.type === 'Succeed') return 'end';
  if ('catchers' in state && state.catchers.length > 0 && state.transition.kind === 'next') {
    return undefined;
  }
  return state.transition.kind === 'end' ? 'end' : state.transition.state;
}

/** AWS: names of states are unique in the whole machine, so that they tell the branch. */
function lastOf({ states }: StateGraph, events: readonly HistoryEvent[]) {
  let entered: Entered | undefined;
  let exited: Exited | undefined;
  let variables: JsonObject = {};
  for (const event of events) {
    if (isEntered(event) && states.has(event.name)) entered = event;
    if (isExited(event) && states.has(event.name)) {
      exited = event;
      variables = { ...variables, ...event.assignedVariables };
    }
  }
  return { entered, exited, variables };
}

/** AWS: a Fail state is entered again, and fails again. */
function isEnteredAnew(state: State | undefined): boolean {
  return state?.type === 'Fail';
}

function entranceOf(
  { id, previousEventId, timestamp }: Entered,
  branches: readonly BranchPoint[] | undefined,
): Entrance {
  return { enteredEventId: id, previousEventId, enteredAt: new Date(timestamp), branches };
}

function isEntered(event: HistoryEvent): event is Entered {
  return event.type.endsWith('StateEntered');
}

function isExited(event: HistoryEvent): event is Exited {
  return event.type.endsWith('StateExited');
}
