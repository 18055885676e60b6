import { AwsError } from '../../core/aws-error.ts';

/** Refuses a queue that is not there. */
export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

/** Refuses a parameter's value in SQS's words. */
export function invalidValue(parameter: string, value: unknown, reason: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`,
  );
}

/** Refuses a request that leaves a parameter out. */
export function missingParameter(parameter: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${parameter}.`);
}

/**
 * Checks that an optional number lies in a range.
 * @throws {AwsError} `InvalidParameterValue` with SQS's reason.
 */
export function checkRange(
  parameter: string,
  value: number | undefined,
  { min, max }: { readonly min: number; readonly max: number },
  reason: string,
): void {
  if (value === undefined) return;
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalidValue(parameter, value, reason);
  }
}
