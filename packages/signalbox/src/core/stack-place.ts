import type { ClientOptions } from './client-options.ts';

/** Where a stack is found: in a rehearsal, or in an account. */
export interface StackPlace {
  /** The endpoint's URL; undefined where AWS itself is talked to. */
  readonly endpoint: string | undefined;
  /** Options of every SDK client. */
  readonly client: ClientOptions;
  /** The stack's name; undefined where there is only one. */
  readonly stack: string | undefined;
}
