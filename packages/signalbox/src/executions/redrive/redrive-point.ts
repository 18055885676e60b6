import type { Json, JsonObject } from '../../core/json.ts';
import { bad, ok, type Result } from '../../core/result.ts';
import type {
  HistoryEvent,
  StateEnteredFact,
  StateExitedFact,
} from '../../history/history-event.ts';
import type { State, StateGraph, StateMachine } from '../../states-language/ast.ts';
import type {
  BranchPoint,
  Entrance,
  Past,
  StartingPoint,
} from '../../states-language/starting-point.ts';
import { pastOf } from './past-attempts.ts';
import { type Iteration, iterationsOf } from './redriven-iterations.ts';

type Entered = HistoryEvent & StateEnteredFact;
type Exited = HistoryEvent & StateExitedFact;

/**
 * Finds where a redrive goes on: the state that had not ended, with the input and the variables that
 * it had, and of a Parallel or a Map the same for each branch or iteration. A Distributed Map is refused.
 */
export function redrivePoint(
  machine: StateMachine,
  input: Json,
  events: readonly HistoryEvent[],
): Result<StartingPoint> {
  const point = pointIn(machine, input, events, () => undefined);
  if (point instanceof DistributedMapPoint) {
    return bad({
      message: `The rehearsal does not redrive Distributed Maps: '${point.name}' was not successful`,
    });
  }
  return ok(point);
}

/**
 * Finds where another process goes on with an execution: as a redrive does, and in the state with what
 * happened in it so far; no point where all states have ended. A Distributed Map begins anew.
 */
export function resumePoint(
  machine: StateMachine,
  input: Json,
  events: readonly HistoryEvent[],
  executionArn: string,
): BranchPoint {
  const point = branchPoint(machine, input, events, (entered) =>
    pastOf(entered, events, executionArn),
  );
  if (point instanceof DistributedMapPoint) throw new TypeError('Only a redrive refuses a Map');
  return point;
}

/** Finds what happened in a state before another process goes on with it; nothing in a redrive. */
type FindPast = (entered: Entered) => Past | undefined;

/** A Distributed Map in which a redrive would have to go on. */
class DistributedMapPoint {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

function pointIn(
  graph: StateGraph,
  input: Json,
  events: readonly HistoryEvent[],
  findPast: FindPast,
): StartingPoint | DistributedMapPoint {
  const { entered, variables } = lastOf(graph, events);
  if (entered === undefined) return { state: graph.startAt, input, variables };
  const state = graph.states.get(entered.name);
  const branches = branchesOf(state, entered, events, findPast);
  if (branches instanceof DistributedMapPoint) return branches;
  const past = findPast(entered);
  const entrance = entranceOf(entered, branches, past);
  return {
    state: entered.name,
    input: entered.input,
    variables,
    entered: past === undefined && isEnteredAnew(state) ? undefined : entrance,
  };
}

type Branches = readonly (BranchPoint | undefined)[];

/** Returns how far the branches or iterations of a state have come; undefined where none was begun. */
function branchesOf(
  state: State | undefined,
  entered: Entered,
  events: readonly HistoryEvent[],
  findPast: FindPast,
): Branches | DistributedMapPoint | undefined {
  const later = events.filter(({ id }) => id > entered.id);
  if (state?.type === 'Map') {
    if (state.distributed !== undefined) {
      return findPast(entered) === undefined ? new DistributedMapPoint(state.name) : undefined;
    }
    const parts = iterationsOf(state.name, later);
    return all(parts.map((part) => part && iterationPoint(state.processor, part, findPast)));
  }
  if (state?.type !== 'Parallel') return undefined;
  const firstStates = new Set(state.branches.map(({ startAt }) => startAt));
  const isBegun = later.some((event) => isEntered(event) && firstStates.has(event.name));
  if (!isBegun) return undefined;
  return all(state.branches.map((branch) => branchPoint(branch, entered.input, later, findPast)));
}

function all(
  points: readonly (BranchPoint | DistributedMapPoint | undefined)[],
): Branches | DistributedMapPoint | undefined {
  const branches: (BranchPoint | undefined)[] = [];
  for (const point of points) {
    if (point instanceof DistributedMapPoint) return point;
    branches.push(point);
  }
  return branches.some((point) => point !== undefined) ? branches : undefined;
}

function iterationPoint(
  processor: StateGraph,
  { events, output }: Iteration,
  findPast: FindPast,
): BranchPoint | DistributedMapPoint | undefined {
  if (output !== undefined) return { kind: 'ended', output };
  if (lastOf(processor, events).entered === undefined) return undefined;
  return branchPoint(processor, null, events, findPast);
}

function branchPoint(
  graph: StateGraph,
  input: Json,
  events: readonly HistoryEvent[],
  findPast: FindPast,
): BranchPoint | DistributedMapPoint {
  const { entered, exited, variables } = lastOf(graph, events);
  const state = graph.states.get(entered?.name ?? '');
  if (entered !== undefined && exited !== undefined && exited.id > entered.id) {
    const next = nextOf(state) ?? nextAfter(state, findPast(entered));
    if (next === 'end') return { kind: 'ended', output: exited.output };
    // A sibling failed between two states: the branch goes on with the second, where it is known.
    if (next !== undefined) {
      return { kind: 'begun', start: { state: next, input: exited.output, variables } };
    }
    return { kind: 'begun', start: { state: entered.name, input: entered.input, variables } };
  }
  const start = pointIn(graph, input, events, findPast);
  return start instanceof DistributedMapPoint ? start : { kind: 'begun', start };
}

/** The state after one, as far as the definition alone shows it. */
function nextOf(state: State | undefined): string | undefined {
  if (state === undefined || state.type === 'Choice' || state.type === 'Fail') return undefined;
  if (state.type === 'Succeed') return 'end';
  if ('catchers' in state && state.catchers.length > 0 && state.transition.kind === 'next') {
    return undefined;
  }
  return state.transition.kind === 'end' ? 'end' : state.transition.state;
}

/** The state after a Task with catchers, where its last attempt is known to have succeeded. */
function nextAfter(state: State | undefined, past: Past | undefined): string | undefined {
  if (state?.type !== 'Task' || state.transition.kind === 'end') return undefined;
  const isDone = past?.attempts.at(-1)?.end?.result.kind === 'succeeded';
  return isDone ? state.transition.state : undefined;
}

/** AWS: names of states are unique in the whole machine, so that they identify the branch. */
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
  branches: Branches | undefined,
  past: Past | undefined,
): Entrance {
  return { enteredEventId: id, previousEventId, enteredAt: new Date(timestamp), branches, past };
}

function isEntered(event: HistoryEvent): event is Entered {
  return event.type.endsWith('StateEntered');
}

function isExited(event: HistoryEvent): event is Exited {
  return event.type.endsWith('StateExited');
}
