import type { Json } from '../core/json.ts';

/** The end of a task or a whole machine: a failure is a value, not an exception. */
export type TaskResult = { readonly kind: 'succeeded'; readonly output: Json } | TaskFailure;

/** A task's or machine's failure; AWS leaves out an error or a cause that nobody gave. */
export interface TaskFailure {
  readonly kind: 'failed';
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** The stage at which a task failed that never ran: the role refused, the call did not go out. */
  readonly stage?: 'schedule' | 'start' | 'submit';
}

/** A failure with what Retry and Catch must know of it beyond its error. */
export interface NamedFailure extends TaskFailure {
  /** A second name, by which they may cover it too. */
  readonly alias?: string;
  /** Set where the task returned it, rather than the state. */
  readonly isFromTask?: boolean;
}
