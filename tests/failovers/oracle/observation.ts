import type { Json, JsonObject } from '../../../packages/signalbox/src/core/json.ts';

/** The facts that were seen while a run went on; `index` counts all calls of services, so that facts have an order. */
export type Fact =
  /** A call that changes what is around the app, or tries to. */
  | {
      readonly kind: 'change';
      readonly index: number;
      /** Such as `rds:FailoverDBCluster`. */
      readonly call: string;
      /** The target that it changes, as locks are named. */
      readonly targets: readonly string[];
      /** Whose it is; undefined if unknown. */
      readonly executionArn: string | undefined;
    }
  /** An entry that was appended to an audit trail. */
  | {
      readonly kind: 'entry';
      readonly index: number;
      readonly failoverId: string;
      readonly entryId: string;
    }
  /** A function that the workflow called, after it answered. */
  | {
      readonly kind: 'function';
      readonly index: number;
      /** Such as `CheckStep`. */
      readonly name: string;
      readonly failoverId: string;
      /** The input of CloseFailover. */
      readonly outcome: string | undefined;
    }
  /** A person's answer to the request for approval. */
  | {
      readonly kind: 'answered';
      readonly index: number;
      readonly failoverId: string;
      readonly decision: 'approve' | 'deny';
    }
  /** An execution that was stopped. */
  | { readonly kind: 'stopped'; readonly index: number; readonly executionArn: string };

/** An execution of the failover workflow after all came to rest. */
export interface SeenExecution {
  readonly executionArn: string;
  /** The failover that its input asks for. */
  readonly failoverId: string;
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly output: Json;
}

/** An entry of an audit trail. */
export interface SeenEntry {
  readonly failoverId: string;
  readonly entryId: string;
  readonly at: string;
  readonly [field: string]: unknown;
}

/** A failover as its trail and its report tell it. */
export interface SeenFailover {
  readonly failoverId: string;
  readonly entries: readonly SeenEntry[];
  /** The report in JSON; undefined where there is none. */
  readonly report: Json | undefined;
  readonly hasMarkdown: boolean;
}

/** All that is known of a run of the test, after everything came to rest. */
export interface Observation {
  readonly facts: readonly Fact[];
  readonly executions: readonly SeenExecution[];
  readonly failovers: readonly SeenFailover[];
  /** The locks that somebody holds. */
  readonly heldLocks: readonly string[];
  /** The services around the app, before and after. */
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** The names of the faults that came. */
  readonly broken: readonly string[];
  /** The lines that the rehearsal printed. */
  readonly remarks: readonly string[];
}
