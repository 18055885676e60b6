import type { Json } from '../core/json.ts';
import type { Transition } from './ast.ts';
import type { TaskResult } from './task-result.ts';

/** The end of a state, or of a graph of states. */
export type StateOutcome =
  | TaskResult
  | { readonly kind: 'next'; readonly state: string; readonly output: Json }
  /** Something outside ended the run: nothing more is recorded. */
  | { readonly kind: 'aborted' };

/** The end of a whole graph of states. */
export type GraphOutcome = Exclude<StateOutcome, { kind: 'next' }>;

/**
 * The abort of a branch whose sibling failed: AWS records it, unlike the end of the whole
 * execution.
 */
export const SIBLING_FAILED: unique symbol = Symbol('sibling failed');

/** The reason for which waits end once a run has finished: one of our own spares a DOMException. */
export const FINISHED: unique symbol = Symbol('finished');

export const ABORTED = { kind: 'aborted' } as const satisfies StateOutcome;

/** Turns a state's transition and output into its outcome. */
export function leaveTo(transition: Transition, output: Json): StateOutcome {
  switch (transition.kind) {
    case 'next':
      return { kind: 'next', state: transition.state, output };
    case 'end':
      return { kind: 'succeeded', output };
  }
}
