import type { Json } from './core/json.ts';
import type { Result } from './core/result.ts';
import type { StateMachine } from './states-language/ast.ts';
import type { Diagnostic } from './states-language/parse/diagnostic.ts';
import {
  diagnoseStateMachine,
  parseStateMachine,
} from './states-language/parse/parse-state-machine.ts';
import type { Ports } from './states-language/ports.ts';
import { runStateMachine } from './states-language/run-state-machine.ts';
import type { TaskResult } from './states-language/task-result.ts';

export type { Json, JsonObject } from './core/json.ts';
export type { Problem, Result } from './core/result.ts';
export type { Branch } from './history/history-event.ts';
export type { StateMachine } from './states-language/ast.ts';
export type { Diagnostic } from './states-language/parse/diagnostic.ts';
export type {
  ActivityProgress,
  EndedChild,
  MapRun,
  MapRunChild,
  MapRunRequest,
  MapRunSettings,
  Ports,
  TaskRequest,
} from './states-language/ports.ts';
export type { StartingPoint } from './states-language/starting-point.ts';
export type { TaskFailure, TaskResult } from './states-language/task-result.ts';

/**
 * Parses a definition in the Amazon States Language.
 *
 * @param definition The definition as JSON, its substitutions made.
 * @returns The machine, or every error, each with its `path`, such as `States.Charge.Retry[0]`.
 * @example
 * const machine = parse({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
 * @see https://states-language.net/spec.html
 */
export function parse(definition: Json): Result<StateMachine> {
  return parseStateMachine(definition);
}

/**
 * Validates a definition as `ValidateStateMachineDefinition` does.
 *
 * @param definition The definition as JSON.
 * @returns All errors and warnings, with AWS's codes and locations; empty where there is none.
 * @example
 * const [first] = validate({ StartAt: 'Nowhere', States: {} }); // MISSING_TRANSITION_TARGET
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 */
export function validate(definition: Json): readonly Diagnostic[] {
  return diagnoseStateMachine(definition).diagnostics;
}

/**
 * Runs a machine to its end. It knows no clock, file, process or network: everything that it does
 * outside of itself goes through the ports, and every step is written to `ports.history`.
 *
 * @param machine The machine, as `parse` returned it.
 * @param input The execution's input, any JSON value.
 * @param ports The clock, the calls of tasks, the history and the context object.
 * @param signal Aborts the run; nothing more is recorded then.
 * @returns The output, or the failure's error and cause. A failure is a value, not an exception.
 * @throws {Error} For a bug of the interpreter's; the history ends as `States.Runtime` then.
 * @example
 * const ending = await run(machine, { orderId: '1' }, ports, AbortSignal.timeout(60_000));
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export function run(
  machine: StateMachine,
  input: Json,
  ports: Ports,
  signal: AbortSignal,
): Promise<TaskResult> {
  return runStateMachine(machine, input, ports, signal);
}
