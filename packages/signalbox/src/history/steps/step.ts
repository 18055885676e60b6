/** How a step stands, or how it ended. */
export type StepStatus =
  | 'running'
  /** Waits for a time, or for somebody who has the task's token. */
  | 'waiting'
  /** An attempt failed, and no other was made yet. */
  | 'retrying'
  | 'succeeded'
  /** It failed, and a Catch led on. */
  | 'caught'
  | 'failed'
  | 'timed-out'
  | 'aborted';

/** The place of a step: an iteration of a Map, or a branch of a Parallel. */
export interface StepParent {
  readonly stepId: number;
  readonly index: number;
}

/** One try of a task. */
export interface Attempt {
  /** The event that scheduled it. */
  readonly scheduledId: number;
  readonly startedMs: number;
  endedMs: number | undefined;
  status: 'running' | 'succeeded' | 'failed';
  readonly resource: string | undefined;
  /** JSON texts. */
  readonly parameters: string | undefined;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  /** Set when the call was made whose end others report: by a token, or a job. */
  isSubmitted: boolean;
}

/** An iteration of a Map. */
export interface Iteration {
  readonly index: number;
  readonly startedMs: number;
  endedMs: number | undefined;
  status: 'running' | 'succeeded' | 'failed' | 'aborted';
}

/** One visit of a state: from its StateEntered event to its end. */
export interface Step {
  /** The id of its StateEntered event. */
  readonly id: number;
  readonly name: string;
  /** Such as `Task`. */
  readonly type: string;
  /** Undefined at the top of the execution. */
  readonly parent: StepParent | undefined;
  readonly enteredMs: number;
  exitedMs: number | undefined;
  status: StepStatus;
  /** JSON texts. */
  readonly input: string | undefined;
  output: string | undefined;
  assigned: Readonly<Record<string, string>> | undefined;
  error: string | undefined;
  cause: string | undefined;
  readonly attempts: Attempt[];
  readonly iterations: Map<number, Iteration>;
  /** The number of items of a Map. */
  length: number | undefined;
  mapRunArn: string | undefined;
  /** The ids of its own events, not of those inside it. */
  readonly eventIds: number[];
}

/** Returns whether a step ended badly, or badly at first. */
export function hasFailed({ status }: Pick<Step, 'status'>): boolean {
  return status === 'failed' || status === 'timed-out' || status === 'aborted';
}
