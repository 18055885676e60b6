import { AwsError } from '../../core/aws-error.ts';

/**
 * The value of a required member of a request.
 * @throws {AwsError} ValidationException, where it is missing.
 */
export function required<T>(value: T | undefined, member: string): T {
  if (value !== undefined) return value;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}
