/** What came of one event of a sample. */
export interface PlayedEvent {
  readonly eventId: string;
  readonly source: string;
  readonly detailType: string;
  /** Names of the rules that matched. */
  readonly rules: readonly string[];
  /** Why no rule wanted it, or why it came to nothing. */
  readonly remarks: readonly string[];
}

/** What came of one execution. */
export interface PlayedExecution {
  readonly executionArn: string;
  readonly name: string;
  /** The state machine's name. */
  readonly stateMachine: string;
  /** The order that its input names. */
  readonly orderId: string | undefined;
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** States in the order in which they were entered. */
  readonly path: readonly string[];
  /** On the rehearsal's clock. */
  readonly durationMs: number;
}

/** What a sample came to. */
export interface Played {
  readonly events: readonly PlayedEvent[];
  readonly executions: readonly PlayedExecution[];
  /** Status by order id; orders that are not in the table are absent. */
  readonly orders: Readonly<Record<string, string>>;
  /** Steps of the compensation that failed, of all orders of the sample. */
  readonly compensationFailures: readonly string[];
  /** Pieces available by SKU. */
  readonly stock: Readonly<Record<string, number>>;
  /** Payment status by order id. */
  readonly payments: Readonly<Record<string, string>>;
  /** Messages that came to the events' dead-letter queue. */
  readonly deadLetters: number;
}
