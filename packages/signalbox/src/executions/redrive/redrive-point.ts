import type { Json, JsonObject } from '../../core/json.ts';
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
import { type PastExecution, pastOf } from './past-attempts.ts';
import { type Iteration, iterationsOf } from './redriven-iterations.ts';

type Entered = HistoryEvent & StateEnteredFact;
type Exited = HistoryEvent & StateExitedFact;

/** Finds the Map Run that a redrive goes on with, by the events since its Map was entered; none: it begins anew. */
export type FindMapRun = (stateName: string, events: readonly HistoryEvent[]) => string | undefined;

/**
 * Finds where a redrive goes on: the state that had not ended, with the input and the variables that
 * it had, of a Parallel or an inline Map the same for each branch or iteration, and of a Distributed Map its Map Run.
 */
export function redrivePoint(
  machine: StateMachine,
  input: Json,
  events: readonly HistoryEvent[],
  findMapRun: FindMapRun,
): StartingPoint {
  return pointIn(machine, input, events, { findPast: () => undefined, findMapRun });
}

/**
 * Finds where another process goes on with an execution: as a redrive does, and in the state with what
 * happened in it so far; no point where all states have ended. A Distributed Map begins anew.
 */
export function resumePoint(
  machine: StateMachine,
  input: Json,
  events: readonly HistoryEvent[],
  execution: PastExecution,
): BranchPoint {
  return branchPoint(machine, input, events, {
    findPast: (entered) => pastOf(entered, events, execution),
    findMapRun: () => undefined,
  });
}

/** What is found of a state that had not ended. */
interface Finders {
  /** What happened in it before another process goes on with it; nothing in a redrive. */
  readonly findPast: (entered: Entered) => Past | undefined;
  readonly findMapRun: FindMapRun;
}

function pointIn(
  graph: StateGraph,
  input: Json,
  events: readonly HistoryEvent[],
  finders: Finders,
): StartingPoint {
  const { entered, variables } = lastOf(graph, events);
  if (entered === undefined) return { state: graph.startAt, input, variables };
  const state = graph.states.get(entered.name);
  const past = finders.findPast(entered);
  // A branch or iteration of an attempt that failed does not go on.
  const attemptAt = past === undefined || past.retries.length === 0 ? entered.id : past.lastEventId;
  const later = events.filter(({ id }) => id > attemptAt);
  const branches = branchesOf(state, entered, later, finders);
  const mapRunArn = mapRunOf(state, entered, events, finders);
  const entrance = entranceOf(entered, { branches, past, mapRunArn });
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
  later: readonly HistoryEvent[],
  finders: Finders,
): Branches | undefined {
  if (state?.type === 'Map') {
    if (state.distributed !== undefined) return undefined;
    const parts = iterationsOf(state.name, later);
    return all(parts.map((part) => part && iterationPoint(state.processor, part, finders)));
  }
  if (state?.type !== 'Parallel') return undefined;
  const firstStates = new Set(state.branches.map(({ startAt }) => startAt));
  const isBegun = later.some((event) => isEntered(event) && firstStates.has(event.name));
  if (!isBegun) return undefined;
  return all(state.branches.map((branch) => branchPoint(branch, entered.input, later, finders)));
}

function all(branches: Branches): Branches | undefined {
  return branches.some((point) => point !== undefined) ? branches : undefined;
}

function mapRunOf(
  state: State | undefined,
  entered: Entered,
  events: readonly HistoryEvent[],
  { findMapRun }: Finders,
): string | undefined {
  if (state?.type !== 'Map' || state.distributed === undefined) return undefined;
  const later = events.filter(({ id }) => id > entered.id);
  return findMapRun(state.name, later);
}

function iterationPoint(
  processor: StateGraph,
  { events, output }: Iteration,
  finders: Finders,
): BranchPoint | undefined {
  if (output !== undefined) return { kind: 'ended', output };
  if (lastOf(processor, events).entered === undefined) return undefined;
  return branchPoint(processor, null, events, finders);
}

function branchPoint(
  graph: StateGraph,
  input: Json,
  events: readonly HistoryEvent[],
  finders: Finders,
): BranchPoint {
  const { entered, exited, variables } = lastOf(graph, events);
  const state = graph.states.get(entered?.name ?? '');
  if (entered !== undefined && exited !== undefined && exited.id > entered.id) {
    const next = nextOf(state) ?? nextAfter(state, finders.findPast(entered));
    if (next === 'end') return { kind: 'ended', output: exited.output };
    // A sibling failed between two states: the branch goes on with the second, where it is known.
    if (next !== undefined) {
      return { kind: 'begun', start: { state: next, input: exited.output, variables } };
    }
    return { kind: 'begun', start: { state: entered.name, input: entered.input, variables } };
  }
  return { kind: 'begun', start: pointIn(graph, input, events, finders) };
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
  found: Pick<Entrance, 'branches' | 'past' | 'mapRunArn'>,
): Entrance {
  return { enteredEventId: id, previousEventId, enteredAt: new Date(timestamp), ...found };
}

function isEntered(event: HistoryEvent): event is Entered {
  return event.type.endsWith('StateEntered');
}

function isExited(event: HistoryEvent): event is Exited {
  return event.type.endsWith('StateExited');
}
