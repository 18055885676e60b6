import type { LogStream } from './log-stream.ts';
import type { WorkerInvocation } from './worker-messages.ts';

/** The result of an invocation; `error` is the runtime's error report as JSON text. */
export type InvocationOutcome =
  | { readonly kind: 'succeeded'; readonly payload: string; readonly memoryBytes: number }
  | { readonly kind: 'failed'; readonly error: string; readonly memoryBytes: number }
  | EnvironmentEnd;

/** The reason why an execution environment ended. */
export type EnvironmentEnd =
  | { readonly kind: 'init-failed'; readonly error: string }
  /** The code could not be started at all; `reason` is the system's, such as `exec format error`. */
  | { readonly kind: 'invalid-entry-point'; readonly reason: string }
  | { readonly kind: 'exited'; readonly exitCode: number; readonly signal?: string }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'timed-out' };

/** An invocation as an environment takes it; the environment itself adds its deadline and time. */
export type EnvironmentInvocation = Omit<WorkerInvocation, 'deadlineMs' | 'clockOffsetMs'>;

/** How an invocation ended, and the milliseconds that the handler itself took. */
export interface InvokedOutcome {
  readonly outcome: InvocationOutcome;
  readonly durationMs: number;
}

/** AWS: initialization has ten seconds of its own, then the function's time-out as well. */
export const INIT_LIMIT_MS = 10_000;

/** What runs one function, one invocation at a time, as Lambda's execution environment does. */
export interface ExecutionEnvironment {
  /** Milliseconds that the handler took to load; undefined until it is loaded. */
  readonly initDurationMs: number | undefined;
  readonly isAlive: boolean;
  readonly logStream: LogStream;
  /** Resolves when the handler is loaded, or the environment has ended. */
  readonly started: Promise<void>;
  /** Runs the handler, once it is loaded; the environment dies at the time-out. */
  invoke(invocation: EnvironmentInvocation, timeoutMs: number): Promise<InvokedOutcome>;
  /** Ends the environment between invocations. */
  terminate(): Promise<void>;
}

/** The milliseconds since a start; after a time-out those that the function had. */
export function durationOf(
  { kind }: InvocationOutcome,
  startedAtMs: number,
  timeoutMs: number,
): number {
  return kind === 'timed-out' ? timeoutMs : performance.now() - startedAtMs;
}
