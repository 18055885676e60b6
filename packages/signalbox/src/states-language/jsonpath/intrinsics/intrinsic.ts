import { isJsonNumber } from '../../../core/exact-json/exact-number.ts';
import type { Json } from '../../../core/json.ts';
import { ERROR } from '../../error-names.ts';
import { StateFailure } from '../../state-failure.ts';

/** The sources of chance that intrinsic functions need. */
export interface Chance {
  /** A number in [0, 1). */
  random(): number;
  uuid(): string;
}

/**
 * An intrinsic function of the States Language.
 * @throws {StateFailure} States.IntrinsicFailure, when the arguments don't fit.
 */
export type Intrinsic = (args: readonly Json[], chance: Chance) => Json;

/** The failure of a call whose arguments don't fit. */
export function intrinsicFailure(name: string, problem: string): StateFailure {
  return new StateFailure(
    ERROR.intrinsicFailure,
    `The function '${name}' had the following error: ${problem}`,
  );
}

/** Takes the argument at an index as an array, or fails. */
export function arrayAt(name: string, args: readonly Json[], index: number): readonly Json[] {
  const value = args[index];
  if (!Array.isArray(value)) throw misfit(name, index, 'an array');
  return value;
}

/** Takes the argument at an index as an integer, rounding as AWS does, or fails. */
export function integerAt(name: string, args: readonly Json[], index: number): number {
  const value = args[index];
  if (!isJsonNumber(value)) throw misfit(name, index, 'a number');
  return Math.round(Number(value));
}

/** Takes the argument at an index as a text, or fails. */
export function textAt(name: string, args: readonly Json[], index: number): string {
  const value = args[index];
  if (typeof value !== 'string') throw misfit(name, index, 'a string');
  return value;
}

function misfit(name: string, index: number, expected: string): StateFailure {
  return intrinsicFailure(name, `Argument ${index + 1} must be ${expected}`);
}
