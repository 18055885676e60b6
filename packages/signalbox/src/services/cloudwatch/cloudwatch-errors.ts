import { AwsError } from '../../core/aws-error.ts';

/** Refuses a parameter's value. */
export function invalidValue(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

/** Refuses parameters that do not go together. */
export function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombinationException', message);
}

/**
 * Returns a required parameter's value.
 * @throws {AwsError} `MissingRequiredParameterException`.
 */
export function required<T>(name: string, value: T | undefined): T {
  if (value !== undefined && value !== '') return value;
  throw new AwsError('MissingRequiredParameterException', `The parameter ${name} is required.`);
}

/**
 * Checks a time range.
 * @throws {AwsError} When it ends before it starts.
 */
export function checkRange(start: Date, end: Date): void {
  if (start.getTime() >= end.getTime()) {
    throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
  }
}

/**
 * Checks a period.
 * @throws {AwsError} Unless it is 1, 5, 10, 20, 30 or a multiple of 60 seconds.
 */
export function checkPeriod(periodSeconds: number): void {
  if ([1, 5, 10, 20, 30].includes(periodSeconds)) return;
  if (Number.isInteger(periodSeconds) && periodSeconds > 0 && periodSeconds % 60 === 0) return;
  throw invalidValue('The parameter Period must be 1, 5, 10, 20, 30 or any multiple of 60.');
}
