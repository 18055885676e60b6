import { AwsError } from '../../core/aws-error.ts';

/** The error of EventBridge Scheduler where something is not there. */
export function notFound(what: 'Schedule' | 'Schedule group', name: string): AwsError {
  return refusal('ResourceNotFoundException', `${what} ${name} does not exist.`);
}

/** The error where a name is taken. */
export function conflict(what: 'Schedule' | 'Schedule group', name: string): AwsError {
  return refusal('ConflictException', `${what} ${name} already exists.`);
}

/** The error for a request that makes no sense. */
export function invalid(message: string): AwsError {
  return refusal('ValidationException', message);
}

/**
 * The value of a required member of a request.
 * @throws {AwsError} ValidationException, where it is missing.
 */
export function required<T>(value: T | undefined, member: string): T {
  if (value !== undefined) return value;
  throw invalid(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

function refusal(name: string, message: string): AwsError {
  return new AwsError(name, message, { Message: message });
}
