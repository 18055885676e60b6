import type { Json } from '../core/json.ts';

/** What came of one event of a scenario. */
export interface EventResult {
  readonly eventId: string;
  readonly source: string;
  readonly detailType: string;
  /** Names of the rules that matched. */
  readonly rules: readonly string[];
  /** Why no rule wanted it, or why it came to nothing. */
  readonly remarks: readonly string[];
  /** The executions that it started. */
  readonly executionArns: readonly string[];
}

/** What came of one execution. */
export interface ExecutionResult {
  readonly executionArn: string;
  readonly name: string;
  /** The state machine's name. */
  readonly stateMachine: string;
  /** The order that its input names. */
  readonly orderId: string | undefined;
  /** What it asked the operators to approve, most recently; undefined when it has ended. */
  readonly approvalId: string | undefined;
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Null where it has none. */
  readonly output: Json;
  /** States in the order in which they were entered. */
  readonly path: readonly string[];
  /** On the rehearsal's clock. */
  readonly durationMs: number;
}

/** What a scenario came to. */
export interface ScenarioResult extends ShopState, OperationsState {
  /** What was put, and what became of it. */
  readonly events: readonly EventResult[];
  readonly executions: readonly ExecutionResult[];
  /** What of the scenario could not be done. */
  readonly omissions: readonly string[];
  /** Messages that came to the events' dead-letter queues. */
  readonly deadLetters: number;
}

/** What the orders of a scenario came to. */
export interface ShopState {
  /** Status by order id; orders that are not in the table are absent. */
  readonly orders: Readonly<Record<string, string>>;
  /** Steps of the compensation that failed, of all orders of the scenario. */
  readonly compensationFailures: readonly string[];
  /** Pieces available by SKU. */
  readonly stock: Readonly<Record<string, number>>;
  /** Payment status by order id. */
  readonly payments: Readonly<Record<string, string>>;
}

/** What a failover, an audit or a review came to. */
export interface OperationsState {
  /** Values of the world at the paths that the scenario names; null where there is nothing. */
  readonly world: Readonly<Record<string, Json>>;
  /** Targets that stay locked; empty where the scenario does not ask. */
  readonly heldLocks: readonly string[];
  /** Calls that changed what is around the app, or tried to, such as `rds:FailoverDBCluster`. */
  readonly mutatingCalls: readonly string[];
  /** Keys of the objects that came to the bucket of the reports; empty where the scenario does not ask. */
  readonly reports: readonly string[];
  /** Detail types of the events that the platform published on the operations' bus. */
  readonly published: readonly string[];
  /** What the metrics that the scenario names grew by. */
  readonly metrics: Readonly<Record<string, number>>;
}
