import type { Json, JsonObject } from '../core/json.ts';

/** The start of a run: its first state, or the one that a redrive goes on from. */
export interface StartingPoint {
  readonly state: string;
  readonly input: Json;
  readonly variables: JsonObject;
  /** Set where the state was entered before the redrive. */
  readonly entered?: Entrance | undefined;
}

/** The facts of a state's entrance. */
export interface Entrance {
  readonly enteredEventId: number;
  readonly previousEventId: number;
  readonly enteredAt: Date;
  /** Of a Parallel or a Map that a redrive goes on in: where each branch or iteration is, if it was begun. */
  readonly branches?: readonly (BranchPoint | undefined)[] | undefined;
}

/** The point from which a branch goes on: none, since it had ended, or one of its states. */
export type BranchPoint =
  | { readonly kind: 'ended'; readonly output: Json }
  | { readonly kind: 'begun'; readonly start: StartingPoint };
