import type { Json } from '../core/json.ts';

/** The result of one event of a scenario. */
export interface EventResult {
  readonly eventId: string;
  readonly source: string;
  readonly detailType: string;
  /** Names of the rules that matched. */
  readonly rules: readonly string[];
  /** Reasons for which no rule wanted it, or for which it failed. */
  readonly remarks: readonly string[];
  /** The executions that it started. */
  readonly executionArns: readonly string[];
}

/** The result of one execution. */
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

/** The result of a scenario. */
export interface ScenarioResult {
  /** The events that were put, with their results. */
  readonly events: readonly EventResult[];
  readonly executions: readonly ExecutionResult[];
  /** The values that the expectations found, by their names. */
  readonly found: Readonly<Record<string, Json>>;
  /** Steps of the scenario that could not be done, and everything that is not as it should be. */
  readonly differences: readonly string[];
}
