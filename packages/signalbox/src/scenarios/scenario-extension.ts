import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import * as v from 'valibot';
import type { Json } from '../core/json.ts';
import type { ExecutionResult } from './scenario-result.ts';
import type { Stage } from './stage.ts';

/** The additions of a plug-in to the fields of scenario files; their names must be new. */
export interface ScenarioExtension {
  /** Steps by the names of their fields. They are performed after those of the tool, in this order. */
  readonly steps?: Readonly<Record<string, StepKind>>;
  /** Expectations by the names of their fields, which stand under `expect`. */
  readonly expectations?: Readonly<Record<string, ExpectationKind>>;
}

/** A scenario that is being played. */
export interface ScenarioContext {
  readonly stage: Stage;
  /** The rehearsal's time when the scenario started. */
  readonly startedAt: Date;
  /** Reads a JSON file by its path relative to the scenario's. @throws {UserError} When it cannot be read. */
  readFile(path: string): Json;
  /** Puts events, which the report shows with what became of them. */
  putEvents(entries: readonly PutEventsRequestEntry[]): Promise<void>;
  /** The scenario's executions so far, in the order in which they started. */
  executions(): readonly ExecutionResult[];
  /** Waits until nothing is under way, then for executions in a state; empty where none comes into it. */
  executionsIn(state: string): Promise<readonly ExecutionResult[]>;
  /** Notes that something of the scenario could not be done, which makes it fail. */
  omit(what: string): void;
}

/** Performs one step of a scenario. */
export type StepAction = (context: ScenarioContext) => Promise<void>;

/** A field of a step: the values that it takes become actions. */
export type StepKind = v.GenericSchema<unknown, StepAction | undefined>;

/**
 * Makes a kind of step.
 * @param schema The values that the field takes.
 * @param perform Does what the value says. A `UserError` that it throws makes the scenario fail.
 * @returns The schema of the field, which may be left out.
 * @example
 * const greet = stepKind(Text, (name, { putEvents }) =>
 *   putEvents([{ Source: 'door', DetailType: 'Greeted', Detail: JSON.stringify({ name }) }]),
 * );
 */
export function stepKind<T>(
  schema: v.GenericSchema<unknown, T>,
  perform: (value: T, context: ScenarioContext) => Promise<void>,
): StepKind {
  return v.optional(
    v.pipe(
      schema,
      v.transform(
        (value): StepAction =>
          (context) =>
            perform(value, context),
      ),
    ),
  );
}

/** The results of a scenario's steps, as an expectation sees them. */
export interface PlayedSteps {
  readonly executions: readonly ExecutionResult[];
  /** Ids of the events that the scenario put itself. */
  readonly eventIds: readonly string[];
}

/** The result of an expectation. */
export interface Finding {
  /** The value that was there, for the report; null where there is nothing to show. */
  readonly found: Json;
  /** A line for everything that is not as it should be. */
  readonly differences: readonly string[];
}

/** Begins to watch before the first step; the returned function is called once, after the last. */
export type BeginExpectation = (
  context: ScenarioContext,
) => Promise<(played: PlayedSteps) => Promise<Finding>>;

/** A field of `expect`: the values that it takes become what watches a scenario. */
export type ExpectationKind = v.GenericSchema<unknown, BeginExpectation | undefined>;

/**
 * Makes a kind of expectation.
 * @param schema The values that the field takes.
 * @param begin Begins to watch, and returns what compares in the end.
 * @param byDefault The value where a scenario does not have the field; without one nothing is compared.
 * @returns The schema of the field.
 * @example
 * const ends = expectationKind(whole(0), async (expected) => async ({ executions }) => ({
 *   found: executions.length,
 *   differences: difference('executions', expected, executions.length),
 * }));
 */
export function expectationKind<T>(
  schema: v.GenericSchema<unknown, T>,
  begin: (expected: T, context: ScenarioContext) => ReturnType<BeginExpectation>,
  byDefault?: Json,
): ExpectationKind {
  const kind = v.pipe(
    schema,
    v.transform(
      (value): BeginExpectation =>
        (context) =>
          begin(value, context),
    ),
  );
  return byDefault === undefined ? v.optional(kind) : v.optional(kind, byDefault);
}
