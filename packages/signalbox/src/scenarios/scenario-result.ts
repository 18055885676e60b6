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
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly input: Json;
  /** Null where it has none. */
  readonly output: Json;
  /** States in the order in which they were entered. */
  readonly path: readonly string[];
  /** On the rehearsal's clock. */
  readonly durationMs: number;
}

/** What a scenario came to. */
export interface ScenarioResult {
  /** What was put, and what became of it. */
  readonly events: readonly EventResult[];
  readonly executions: readonly ExecutionResult[];
  /** What the expectations found, by their names. */
  readonly found: Readonly<Record<string, Json>>;
  /** What of the scenario could not be done, and everything that is not as it should be. */
  readonly differences: readonly string[];
}
