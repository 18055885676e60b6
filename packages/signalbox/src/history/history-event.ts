import type { Json, JsonObject } from '../core/json.ts';

/** The state types as they appear in the names of history events. */
export type StateTypeName =
  | 'Choice'
  | 'Fail'
  | 'Map'
  | 'Parallel'
  | 'Pass'
  | 'Succeed'
  | 'Task'
  | 'Wait';

/** An error with its cause; AWS leaves out what the definition or the task did not give. */
interface Failure {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

interface TaskResource {
  /** Such as `lambda`, `dynamodb`, `aws-sdk:s3`. */
  readonly resourceType: string;
  /** Such as `invoke`, `putItem`, `sendMessage.waitForTaskToken`. */
  readonly resource: string;
}

/** A role that the state names in `Credentials`. */
interface TaskCredentials {
  readonly taskCredentials?: { readonly roleArn: string } | undefined;
}

interface TimeLimits {
  readonly timeoutInSeconds?: number | undefined;
  readonly heartbeatInSeconds?: number | undefined;
}

interface Iteration {
  /** The Map state. */
  readonly name: string;
  readonly index: number;
}

export type StateEnteredFact = {
  readonly type: `${StateTypeName}StateEntered`;
  readonly name: string;
  readonly input: Json;
};

export type StateExitedFact = {
  readonly type: `${Exclude<StateTypeName, 'Fail'>}StateExited`;
  readonly name: string;
  readonly output: Json;
  /** Each variable that the state assigned. */
  readonly assignedVariables?: JsonObject | undefined;
};

type ExecutionFact =
  | {
      readonly type: 'ExecutionStarted';
      readonly input: Json;
      readonly roleArn: string;
      readonly stateMachineAliasArn?: string | undefined;
      readonly stateMachineVersionArn?: string | undefined;
    }
  | { readonly type: 'ExecutionSucceeded'; readonly output: Json }
  | ({ readonly type: 'ExecutionFailed' | 'ExecutionTimedOut' | 'ExecutionAborted' } & Failure)
  | { readonly type: 'ExecutionRedriven'; readonly redriveCount: number };

type StateFact =
  | StateEnteredFact
  | StateExitedFact
  | { readonly type: `${'Map' | 'Parallel' | 'Task' | 'Wait'}StateAborted` }
  | { readonly type: `${'Map' | 'Parallel'}State${'Succeeded' | 'Failed'}` }
  | { readonly type: 'ParallelStateStarted' }
  | { readonly type: 'MapStateStarted'; readonly length: number }
  | ({
      readonly type: `MapIteration${'Started' | 'Succeeded' | 'Failed' | 'Aborted'}`;
    } & Iteration)
  | ({
      readonly type: 'EvaluationFailed';
      /** The state whose expression did not evaluate. */
      readonly state: string;
      /** The field, such as `Output`. */
      readonly location?: string | undefined;
    } & Failure);

type MapRunFact =
  | { readonly type: 'MapRunStarted'; readonly mapRunArn: string }
  | { readonly type: 'MapRunSucceeded' | 'MapRunAborted' }
  | ({ readonly type: 'MapRunFailed' } & Failure)
  | {
      readonly type: 'MapRunRedriven';
      readonly mapRunArn: string;
      readonly redriveCount: number;
    };

type LambdaFunctionFact =
  | ({
      readonly type: 'LambdaFunctionScheduled';
      /** The function's ARN. */
      readonly resource: string;
      readonly input: Json;
      readonly timeoutInSeconds?: number | undefined;
    } & TaskCredentials)
  | { readonly type: 'LambdaFunctionStarted' }
  | { readonly type: 'LambdaFunctionSucceeded'; readonly output: Json }
  | ({
      readonly type: `LambdaFunction${'Failed' | 'TimedOut' | 'ScheduleFailed' | 'StartFailed'}`;
    } & Failure);

type TaskFact =
  | ({
      readonly type: 'TaskScheduled';
      readonly region: string;
      readonly parameters: Json;
    } & TaskResource &
      TimeLimits &
      TaskCredentials)
  | ({ readonly type: 'TaskStarted' } & TaskResource)
  | ({ readonly type: 'TaskSubmitted' | 'TaskSucceeded'; readonly output: Json } & TaskResource)
  | ({
      readonly type: 'TaskFailed' | 'TaskTimedOut' | 'TaskStartFailed' | 'TaskSubmitFailed';
    } & TaskResource &
      Failure);

type ActivityFact =
  | ({
      readonly type: 'ActivityScheduled';
      /** The activity's ARN. */
      readonly resource: string;
      readonly input: Json;
    } & TimeLimits)
  | { readonly type: 'ActivityStarted'; readonly workerName?: string | undefined }
  | { readonly type: 'ActivitySucceeded'; readonly output: Json }
  | ({ readonly type: `Activity${'Failed' | 'TimedOut' | 'ScheduleFailed'}` } & Failure);

/**
 * An event without its time and order: the part that the interpreter knows.
 * The names and fields are those of GetExecutionHistory, with JSON texts kept as values.
 */
export type HistoryFact =
  | ExecutionFact
  | StateFact
  | MapRunFact
  | LambdaFunctionFact
  | TaskFact
  | ActivityFact;

/** A fact with its place in the history. */
export type HistoryEvent = HistoryFact & {
  /** 1, 2, 3 … without gaps. */
  readonly id: number;
  /** The event that led to this one on its branch; 0 for the first two. */
  readonly previousEventId: number;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly timestamp: string;
};

/** A cursor in a history: each branch of a Parallel and iteration of a Map links on from its own last event. */
export interface Branch {
  /** The event that the next one links to. */
  readonly lastEventId: number;
  /** Numbers and links a fact, and moves the cursor on; returns the event's id. */
  record(fact: HistoryFact): number;
  /** A cursor of its own that goes on from here. */
  fork(): Branch;
  /** Moves the cursor to an event of another branch, as where branches meet. */
  moveTo(eventId: number): void;
}
