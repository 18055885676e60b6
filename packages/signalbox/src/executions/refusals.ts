import { AwsError } from '../core/aws-error.ts';

/** Step Functions' refusals in AWS's own words, measured or from the API reference. */

export function invalidArn(reason: string): AwsError {
  return new AwsError('InvalidArn', `Invalid Arn: '${reason}'`);
}

export function invalidName(name: string): AwsError {
  return new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

export function invalidDefinition(reasons: string): AwsError {
  return new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${reasons}'`);
}

export function invalidExecutionInput(reason: string): AwsError {
  return new AwsError(
    'InvalidExecutionInput',
    `Invalid State Machine Execution Input: '${reason}'`,
  );
}

export function invalidOutput(reason: string): AwsError {
  return new AwsError('InvalidOutput', `Invalid Output: '${reason}'`);
}

export function invalidToken(): AwsError {
  return new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
}

export function stateMachineDoesNotExist(arn: string): AwsError {
  return new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

/** AWS: API_StartExecution, ExecutionLimitExceeded. */
export function executionLimitExceeded(): AwsError {
  return new AwsError(
    'ExecutionLimitExceeded',
    'The maximum number of running executions has been reached. Running executions must end or be stopped before a new execution can be started.',
  );
}

export function stateMachineAlreadyExists(arn: string): AwsError {
  return new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
}

export function stateMachineTypeNotSupported(): AwsError {
  return new AwsError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );
}

export function executionDoesNotExist(arn: string): AwsError {
  return new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

export function executionAlreadyExists(arn: string): AwsError {
  return new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
}

export function executionNotRedrivable(reason: string): AwsError {
  return new AwsError('ExecutionNotRedrivable', reason);
}

export function activityDoesNotExist(arn: string): AwsError {
  return new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
}

export function taskDoesNotExist(): AwsError {
  return new AwsError('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'");
}

export function taskTimedOut(): AwsError {
  return new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
}

export function resourceNotFound(arn: string): AwsError {
  return new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
}

export function stateMachineDeleting(arn: string): AwsError {
  return new AwsError('StateMachineDeleting', `State Machine Being Deleted: '${arn}'`);
}

export function conflict(reason: string): AwsError {
  return new AwsError('ConflictException', reason);
}

export function serviceQuotaExceeded(reason: string): AwsError {
  return new AwsError('ServiceQuotaExceededException', reason);
}

/** Refuses a member that breaks the model's constraint. */
export function validation(constraint: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: ${constraint}`);
}
