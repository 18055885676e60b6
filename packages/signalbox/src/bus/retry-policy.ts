import type { AwsError } from '../core/aws-error.ts';

const FIRST_DELAY_MS = 1000;
/** With it, 185 retries take about the 24 hours that EventBridge gives an event by default. */
const LONGEST_DELAY_MS = 600_000;

/** Returns the wait before a retry, counted from 1: doubled each time, and of that a random half. */
export function retryDelayMs(retry: number, random: () => number): number {
  const ceilingMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (retry - 1));
  return Math.round(ceilingMs * (0.5 + random() / 2));
}

/** The wait that a target asks for in its `retry-after` header, in milliseconds; 0 where it asks for none. */
export function askedDelayMs({ headers }: AwsError): number {
  return Math.ceil(Number(headers['retry-after'] ?? 0) * 1_000);
}

/** Returns whether an API destination was called too often: the event waits its turn, which is no attempt. */
export function awaitsTurn({ name }: AwsError): boolean {
  return name === 'RateLimited';
}

const THROTTLING =
  /throttl|^TooManyRequests|^RequestLimitExceeded|^ExecutionLimitExceeded|^ProvisionedThroughputExceeded|^SlowDown|^OverLimit$/i;
const SERVER_FAULT =
  /^Internal|^ServiceUnavailable|^ServiceException|^ServiceFailure|^RequestTimeout|^ResourceNotReady|^EFSIO|^SnapStart|^ENILimit|Unavailable$/i;
const NO_PERMISSIONS = /^AccessDenied|^NotAuthorized|^UnauthorizedOperation|^AuthorizationError/i;
const NO_RESOURCE = /NotFound|DoesNotExist|NonExistent|NoSuch|StateMachineDeleting/i;
const EXISTS = /AlreadyExists|ResourceInUse/i;
const INVALID_JSON =
  /InvalidExecutionInput|InvalidRequestContent|InvalidMessageContents|MalformedDetail/i;
const INVALID = /^Invalid|^Validation|^Serialization|^MissingParameter|^UnsupportedOperation/i;

/**
 * Returns whether EventBridge tries again: after throttling and faults of the service it does; a missing
 * permission, a missing target and other mistakes of the caller's go to the dead-letter queue at once.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function isRetryable({ name }: AwsError): boolean {
  return THROTTLING.test(name) || SERVER_FAULT.test(name);
}

/** The `ERROR_CODE` that EventBridge gives a dead letter. */
export function deadLetterErrorCode({ name }: AwsError): string {
  if (THROTTLING.test(name)) return 'THROTTLING';
  if (SERVER_FAULT.test(name)) return 'ERROR_FROM_TARGET';
  if (NO_PERMISSIONS.test(name)) return 'NO_PERMISSIONS';
  if (NO_RESOURCE.test(name)) return 'NO_RESOURCE';
  if (EXISTS.test(name)) return 'RESOURCE_ALREADY_EXISTS';
  if (INVALID_JSON.test(name)) return 'INVALID_JSON';
  return INVALID.test(name) ? 'INVALID_PARAMETER' : 'SDK_CLIENT_ERROR';
}
