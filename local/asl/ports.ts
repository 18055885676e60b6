import type { HistoryFact } from '../history/history-event.ts';
import type { Json, JsonObject } from '../json.ts';

/** What a task or a whole machine came to: a failure is an answer, not an exception. */
export type TaskAnswer =
  | { readonly kind: 'succeeded'; readonly output: Json }
  | { readonly kind: 'failed'; readonly error: string; readonly cause: string | undefined };

/** What a Task state asks of the world. */
export interface TaskRequest {
  /** As in the definition: a function or activity ARN, or `arn:aws:states:::<service>:<action>[.<pattern>]`. */
  readonly resource: string;
  /** The effective Parameters or Arguments, or the effective input where the state has neither. */
  readonly parameters: Json;
  /** Set for `.waitForTaskToken`: the token that went into the parameters. */
  readonly taskToken: string | undefined;
  /** `Credentials.RoleArn`, where the state names another role. */
  readonly roleArn: string | undefined;
}

/** Everything the interpreter asks of the world; the caller wires it to a clock, services and a store. */
export interface Ports {
  now(): Date;
  /** Resolves after the delay, or at once when the signal aborts. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void>;
  /** As `sleep`, for a deadline before which somebody is expected to answer: time never skips over it. */
  deadline(delayMs: number, signal: AbortSignal): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
  uuid(): string;
  /** A fresh task token. */
  taskToken(): string;
  /** Calls a function, a service or an activity; for `.waitForTaskToken`, makes the call that hands the token out. */
  invoke(request: TaskRequest, signal: AbortSignal): Promise<TaskAnswer>;
  /** Waits for SendTaskSuccess or SendTaskFailure; `onHeartbeat` is called at each SendTaskHeartbeat. */
  awaitToken(token: string, onHeartbeat: () => void, signal: AbortSignal): Promise<TaskAnswer>;
  /** Takes a fact into the execution's history. */
  record(fact: HistoryFact): void;
  /** The `Execution` and `StateMachine` parts of the context object. */
  readonly context: JsonObject;
}
