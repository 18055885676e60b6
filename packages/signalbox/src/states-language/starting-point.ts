import type { Json, JsonObject } from '../core/json.ts';
import type { ErrorNames } from './error-names.ts';
import type { NamedFailure, TaskResult } from './task-result.ts';

/** The start of a run: its first state, or the one that a redrive or another process goes on from. */
export interface StartingPoint {
  readonly state: string;
  readonly input: Json;
  readonly variables: JsonObject;
  /** Set where the state was entered before. */
  readonly entered?: Entrance | undefined;
  /** When the time limit of the execution began; now where it is missing. */
  readonly startedAt?: Date | undefined;
}

/** The facts of a state's entrance. */
export interface Entrance {
  readonly enteredEventId: number;
  readonly previousEventId: number;
  readonly enteredAt: Date;
  /** Of a Parallel or a Map that a redrive goes on in: where each branch or iteration is, if it was begun. */
  readonly branches?: readonly (BranchPoint | undefined)[] | undefined;
  /** Of a Distributed Map that a redrive goes on in: the Map Run that it goes on with. */
  readonly mapRunArn?: string | undefined;
  /** Set where another process goes on with the state, and not a redrive. */
  readonly past?: Past | undefined;
}

/** All that happened in a state before another process goes on with it. */
export interface Past {
  /** The last event of the branch. */
  readonly lastEventId: number;
  /** Of a Task: its attempts, of which the last may be under way. */
  readonly attempts: readonly PastAttempt[];
  /** Of a Parallel or a Map: its retries as a whole, oldest first. */
  readonly retries: readonly PastRetry[];
}

/** A retry of a Parallel or a Map as a whole, of which its history has no event. */
export interface PastRetry {
  /** The names of the failure, by which a retrier covered it. */
  readonly errors: ErrorNames;
  /** When the next attempt begins. */
  readonly dueAt: Date;
  /** The last event of the attempt that failed, with which the next one links. */
  readonly lastEventId: number;
}

/** An attempt at a task, as its history has it. */
export interface PastAttempt {
  readonly scheduledAt: Date;
  readonly limits: {
    readonly timeoutSeconds: number | undefined;
    readonly heartbeatSeconds: number | undefined;
  };
  readonly parameters: Json;
  readonly roleArn: string | undefined;
  /** The token in its parameters. */
  readonly taskToken: string | undefined;
  /** The response of the call that started a job or handed out the token, where it came. */
  readonly submitted: Json | undefined;
  /** Whether a worker has taken the task of an activity. */
  readonly isTaken: boolean;
  readonly end: { readonly result: TaskResult | NamedFailure; readonly at: Date } | undefined;
}

/** The point from which a branch goes on: none, since it had ended, or one of its states. */
export type BranchPoint =
  | { readonly kind: 'ended'; readonly output: Json }
  | { readonly kind: 'begun'; readonly start: StartingPoint };
