import type { Json, JsonObject } from '../core/json.ts';

/** Where a run begins: its first state, or the one that a redrive goes on from. */
export interface StartingPoint {
  readonly state: string;
  readonly input: Json;
  readonly variables: JsonObject;
  /** Set where the state was entered before the redrive. */
  readonly entered?: Entrance | undefined;
}

/** How a state was entered. */
export interface Entrance {
  readonly enteredEventId: number;
  readonly previousEventId: number;
  readonly enteredAt: Date;
  /** Of a Parallel or a Map that a redrive goes on in: where each branch or iteration is, if it was begun. */
  readonly branches?: readonly (BranchPoint | undefined)[] | undefined;
}

/** Where a branch goes on: nowhere, since it had ended, or in one of its states. */
export type BranchPoint =
  | { readonly kind: 'ended'; readonly output: Json }
  | { readonly kind: 'begun'; readonly start: StartingPoint };
