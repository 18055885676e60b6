/** A step whose work is asked for. */
export interface StepWorkQuery {
  readonly executionArn: string;
  readonly stateName: string;
  /** JSON text of what the task was given. */
  readonly parameters: string;
}

/** One run of a function. */
export interface Invocation {
  readonly requestId: string;
  readonly functionName: string;
  readonly logGroup: string;
  /** Unix milliseconds. */
  readonly startedMs: number;
  readonly durationMs: number;
}

/** A call of a service that a function or a workflow made. */
export interface ServiceCallMade {
  readonly service: string;
  readonly action: string;
  /** JSON text, cut where it is long. */
  readonly input: string;
  readonly error: string | undefined;
  readonly atMs: number;
  readonly durationMs: number;
  readonly callerArn: string;
}

/** What was done for a step. */
export interface StepWork {
  readonly invocations: readonly Invocation[];
  readonly calls: readonly ServiceCallMade[];
}
