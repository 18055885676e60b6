import type { Json, JsonObject } from '../core/json.ts';
import type { Branch } from '../history/history-event.ts';
import type { StateMachine } from './ast.ts';
import type { PastRetry, StartingPoint } from './starting-point.ts';
import type { TaskResult } from './task-result.ts';

/** A call that a Task state makes. */
export interface TaskRequest {
  /** As in the definition: a function or activity ARN, or `arn:aws:states:::<service>:<action>[.<pattern>]`. */
  readonly resource: string;
  /** The effective Parameters or Arguments, or the effective input where the state has neither. */
  readonly parameters: Json;
  /** The token that went into the parameters: always set for `.waitForTaskToken`, for `.sync` where they hold it. */
  readonly taskToken: string | undefined;
  /** `Credentials.RoleArn`, where the state names another role. */
  readonly roleArn: string | undefined;
  /** The Task state's name, and how many times it was tried before (0 at first). */
  readonly stateName: string;
  readonly retryCount: number;
  /** True where the response's body is wanted in base64, since it is no text: of an ItemReader. */
  readonly hasBinaryBody?: boolean | undefined;
}

/** The notifications of an activity's worker while it works. */
export interface ActivityProgress {
  /** A worker took the task by GetActivityTask. */
  started(workerName: string | undefined): void;
  /** SendTaskHeartbeat arrived. */
  heartbeat(): void;
  /** Whether a worker has the task from an earlier process, so that it is offered to no other. */
  readonly isTaken?: boolean;
}

/** A Distributed Map that begins. */
export interface MapRunRequest {
  readonly stateName: string;
  readonly label: string | undefined;
  readonly executionType: 'STANDARD' | 'EXPRESS';
  readonly itemCount: number;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  readonly hasResultWriter?: boolean;
}

/** The limits that UpdateMapRun may change while a Map Run runs. */
export interface MapRunSettings {
  /** 0 sets no limit. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
}

/** A child execution of a Map Run, with the ports that it runs on. */
export interface MapRunChild {
  readonly name: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly ports: Ports;
  /** Where it goes on, and how many times it did so before, where it is redriven. */
  readonly redriven?: { readonly from: StartingPoint; readonly count: number } | undefined;
}

/** A child execution that ended. */
export interface EndedChild {
  readonly name: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly input: Json;
  readonly result: TaskResult;
  readonly redriveCount: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601. */
  readonly stoppedAt: string;
}

/** A running Map Run, whose child executions have histories of their own. */
export interface MapRun {
  readonly arn: string;
  /** How many times it was redriven; undefined where it is new. */
  readonly redriveCount?: number | undefined;
  /** Opens the child execution of an input, by its place among all; `machine` is what it runs. */
  child(input: Json, index: number, machine: StateMachine): MapRunChild;
  /** Of a redriven Map Run: the child that ended before, and is not run again. */
  ended?(index: number): EndedChild | undefined;
  /** Reports the number of items that were read, and of the child executions that they make. */
  began?(totals: { readonly items: number; readonly executions: number }): void;
  /** The settings in place of those that it began with, once they were changed. */
  changed?(): MapRunSettings | undefined;
  /** Ends the Map Run. */
  end(status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void;
}

/** Everything that the interpreter calls; the caller wires it to a clock, services and a store. */
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
  /**
   * Calls a function or a service. For `.waitForTaskToken` it makes the call that hands the token out,
   * for `.sync` the call that starts the job, and returns the response of that call.
   */
  invoke(request: TaskRequest, signal: AbortSignal): Promise<TaskResult>;
  /** Waits for SendTaskSuccess or SendTaskFailure; `onHeartbeat` is called at each SendTaskHeartbeat. */
  awaitToken(token: string, onHeartbeat: () => void, signal: AbortSignal): Promise<TaskResult>;
  /**
   * For `.sync` and `.sync:2`: waits for the end of the job that `invoke` started and returned as
   * `submitted`.
   */
  awaitJob(request: TaskRequest, submitted: Json, signal: AbortSignal): Promise<TaskResult>;
  /** Whether there is such an activity. */
  hasActivity(arn: string): boolean;
  /** Schedules an activity's task and waits for its worker; stops it when the signal aborts. */
  performActivity(
    request: TaskRequest,
    progress: ActivityProgress,
    signal: AbortSignal,
  ): Promise<TaskResult>;
  /** Opens a Map Run for a Distributed Map. */
  startMapRun(request: MapRunRequest): MapRun;
  /** Keeps a retry of a Parallel or a Map as a whole for a process that goes on with the execution. */
  keepRetry?(enteredEventId: number, retry: PastRetry): void;
  /** Goes on with a Map Run that failed or was aborted, in a redrive; where it is missing, a new one begins. */
  redriveMapRun?(arn: string): MapRun;
  /** The branch that takes the run's facts: the trunk of the execution's history (see `history/branch.ts`). */
  readonly history: Branch;
  /** The `Execution` and `StateMachine` parts of the context object; `Execution.RoleArn` goes into the history. */
  readonly context: JsonObject;
  /** The version or alias that the execution was started by. */
  readonly startedBy?: {
    readonly stateMachineAliasArn?: string | undefined;
    readonly stateMachineVersionArn?: string | undefined;
  };
}
