import type { Json } from '../../packages/signalbox/src/core/json.ts';

/** When something comes: at the very beginning, after so many calls of services, or so much time. */
export type PlannedTime =
  | { readonly kind: 'first' }
  | { readonly kind: 'calls'; readonly calls: number }
  | { readonly kind: 'seconds'; readonly seconds: number };

/** A person's decision on a request for approval. */
export type Answer = 'approve' | 'deny' | 'nobody';

/** The start of a failover; the simulated resources' own events start some as well, by faults. */
export type Trigger =
  /** FailoverRequested on the operations' bus, or what the schedule of game days sends. */
  | { readonly kind: 'event' | 'schedule'; readonly detail: Readonly<Record<string, Json>> }
  /** The alarm of that place among the plan's triggers is set to ALARM. */
  | { readonly kind: 'alarm'; readonly index: number };

/** A failover that is asked for. */
export interface PlannedRequest {
  readonly at: PlannedTime;
  readonly trigger: Trigger;
  /** When the same event comes once more; undefined where it does not. */
  readonly again?: PlannedTime;
}

/** Something that breaks, and perhaps is mended. */
export interface PlannedFault {
  readonly fault: string;
  readonly target?: string;
  readonly from: PlannedTime;
  readonly until?: PlannedTime;
}

/** A call of a service that goes wrong: refused before it is made, or made with its response lost. */
export interface PlannedInjectedFault {
  /** Such as `dynamodb:TransactWriteItems`, or `lambda:Invoke/ClaimOrder` for one function's. */
  readonly call: string;
  /** Which of these calls it is, from 1. */
  readonly occurrence: number;
  /** The number of them that go wrong in a row. */
  readonly times: number;
  readonly when: 'before' | 'after';
  /** The error's name; that of a fault inside of the service where it is left out. */
  readonly error?: string;
}

/** An operator's word on whichever step of a failover is under way. */
export interface PlannedWord {
  readonly at: PlannedTime;
  readonly failoverId: string;
  readonly action: 'skip' | 'ungraceful';
}

/** All that happens in one run of the test: made of a seed alone, and fit to be printed. */
export interface RunPlan {
  readonly seed: number;
  readonly automaticFailover: 'enabled' | 'disabled';
  /** Changes of the failover plan, by paths of its JSON. */
  readonly changes: Readonly<Record<string, Json>>;
  /** In place of the definition's own; undefined keeps it. */
  readonly executionTimeoutSeconds?: number;
  readonly requests: readonly PlannedRequest[];
  /** The answers to requests for approval, in the order in which they are asked. */
  readonly answers: readonly Answer[];
  readonly faults: readonly PlannedFault[];
  /** When executions are stopped that run at that time. */
  readonly stops: readonly PlannedTime[];
  readonly injectedFaults: readonly PlannedInjectedFault[];
  readonly words: readonly PlannedWord[];
}
