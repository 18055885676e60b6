/** The data that a worker gets when it starts. */
export interface WorkerStart {
  /** The whole environment of the function. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds by which the rehearsal's clock is ahead of real time; negative where it is behind. */
  readonly clockOffsetMs: number;
  /** The most processes and threads that the function may have started and that run. */
  readonly functionProcesses: number;
}

/** One invocation, as Lambda's Runtime API hands it to the runtime. */
export interface WorkerInvocation {
  readonly requestId: string;
  readonly payload: Uint8Array;
  /** Unix milliseconds of real time. */
  readonly deadlineMs: number;
  /** Milliseconds by which the rehearsal's clock is ahead of real time; negative where it is behind. */
  readonly clockOffsetMs: number;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  /** JSON text. */
  readonly clientContext: string | undefined;
}

/** The messages of a worker to its host. */
export type WorkerReport =
  /** The handler is loaded. */
  | { readonly type: 'ready' }
  /** The handler could not be loaded. */
  | { readonly type: 'init-failed'; readonly error: string }
  /** One line of a stream, or one call of a console method. */
  | { readonly type: 'log'; readonly message: string }
  | { readonly type: 'succeeded'; readonly payload: string; readonly memoryBytes: number }
  /** `error` is JSON text: errorType, errorMessage, trace. */
  | { readonly type: 'failed'; readonly error: string; readonly memoryBytes: number };
