import { AwsError } from '../../core/aws-error.ts';

/** @throws {AwsError} ValidationException, where a required member is missing. */
export function required<T>(value: T | undefined, member: string): T {
  if (value !== undefined) return value;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** @throws {AwsError} ResourceNotFoundException, always. */
export function noSuch(what: string, name: string | undefined): never {
  throw new AwsError('ResourceNotFoundException', `${what} '${name}' does not exist.`);
}

/** The refusal of a token that was not given out. */
export function invalidToken(): AwsError {
  return new AwsError('ValidationException', 'Parameter NextToken is not valid.');
}
