import type { Json, JsonObject } from '../core/json.ts';
import type { Branch, HistoryFact } from '../history/history-event.ts';
import type { StateGraph, StateMachine } from './ast.ts';
import type { Ports } from './ports.ts';
import type { Entrance, StartingPoint } from './starting-point.ts';
import type { StateFailure } from './state-failure.ts';
import { type GraphOutcome, SIBLING_FAILED } from './state-outcome.ts';
import type { TaskResult } from './task-result.ts';
import type { Variables } from './variables.ts';

/** A run through one graph of states: a whole machine, a branch of a Parallel, an iteration of a Map. */
export interface Run {
  readonly ports: Ports;
  readonly machine: StateMachine;
  readonly branch: Branch;
  readonly variables: Variables;
  readonly signal: AbortSignal;
  /** Set inside a Parallel or Map. */
  readonly isBranch: boolean;
  /** The `Map` part of the context object. */
  readonly map: JsonObject | undefined;
  /** Runs the graph of states inside a state. */
  runGraph(graph: StateGraph, input: Json, run: Run, first?: Entrance): Promise<GraphOutcome>;
  /** Runs a machine of its own: a child execution of a Map Run. */
  runMachine(
    machine: StateMachine,
    input: Json,
    ports: Ports,
    signal: AbortSignal,
  ): Promise<TaskResult>;
  /** As `runMachine`, of a child execution that is redriven. */
  runMachineFrom(
    machine: StateMachine,
    start: StartingPoint,
    ports: Ports,
    signal: AbortSignal,
  ): Promise<TaskResult>;
  /** Says that somebody is expected to answer; the returned function ends it. */
  expectResult(): () => void;
  /** Ends the execution as one that took too long. */
  timeOut(): void;
  /** The context object as it was given for a test, in place of the execution's own. */
  readonly givenContext?: JsonObject | undefined;
}

/** A visit to a state: what its expressions may read, and what its failures name. */
export interface Visit {
  readonly run: Run;
  readonly stateName: string;
  readonly enteredEventId: number;
  /** The id of the event before the one that entered the state. */
  readonly previousEventId: number;
  readonly enteredAt: Date;
  /** The state's input as it came. */
  readonly input: Json;
  readonly retryCount: number;
  /** Only states that may be tried again have a RetryCount in the context object. */
  readonly isRetriable: boolean;
  readonly taskToken: string | undefined;
  /** Of a Parallel or a Map that a redrive goes on in. */
  readonly branches?: Entrance['branches'];
  /** Of a Distributed Map that a redrive goes on in. */
  readonly mapRunArn?: Entrance['mapRunArn'];
  /** Set where another process goes on with the visit. */
  readonly past?: Entrance['past'];
}

/** AWS's quota: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html. */
const MAX_HISTORY_EVENTS = 25_000;

/** Only the event that ends the execution still fits into its history. */
export class HistoryFull extends Error {
  override readonly name = 'HistoryFull';

  constructor() {
    super(`The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`);
  }
}

/**
 * Takes a fact into the run's history; nothing more once the execution has ended from outside.
 * @throws {HistoryFull} When only the event that ends the execution still fits.
 */
export function record(run: Run, fact: HistoryFact): number {
  return recordOn(run, run.branch, fact);
}

/** As `record`, on a branch of the run's. */
export function recordOn({ signal }: Run, branch: Branch, fact: HistoryFact): number {
  if (signal.aborted && signal.reason !== SIBLING_FAILED) return branch.lastEventId;
  const id = branch.record(fact);
  if (id >= MAX_HISTORY_EVENTS - 1) throw new HistoryFull();
  return id;
}

/** The context object, `$$` in JSONPath and `$states.context` in JSONata. */
export function contextOf(visit: Visit): JsonObject {
  const { run, taskToken } = visit;
  if (run.givenContext !== undefined) return run.givenContext;
  return {
    ...run.ports.context,
    State: {
      EnteredTime: visit.enteredAt.toISOString(),
      Name: visit.stateName,
      ...(visit.isRetriable ? { RetryCount: visit.retryCount } : {}),
    },
    ...(run.map === undefined ? {} : { Map: run.map }),
    ...(taskToken === undefined ? {} : { Task: { Token: taskToken } }),
  };
}

/** Writes a failure's cause, opening as AWS does with the state and the event that entered it. */
export function causeOf(failure: StateFailure, visit: Visit): string {
  if (failure.bare) return failure.detail;
  return `An error occurred while executing the state '${visit.stateName}' (entered at the event id #${visit.enteredEventId}). ${failure.detail}`;
}
