import { AwsError } from '../../core/aws-error.ts';

/** Refuses an input in Amazon EC2 Auto Scaling's own words; no model knows this error. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** Refuses a group that is not there. */
export function groupNotFound(name: string | undefined): AwsError {
  const what = name === undefined ? 'null' : `AutoScalingGroup: ${name} not found`;
  return validationError(`AutoScalingGroup name not found - ${what}`);
}

/** Refuses an instance that no group has. */
export function instanceNotFound(id: string | undefined): AwsError {
  return validationError(
    `Instance Id not found - No managed instance found for instance ID: ${id ?? 'null'}`,
  );
}

/** Refuses what must wait for a scaling activity, or for the cooldown after it. */
export function scalingActivityInProgress(activityId: string): AwsError {
  return new AwsError(
    'ScalingActivityInProgressFault',
    `Scaling activity ${activityId} is in progress and blocks this action`,
  );
}

/** Refuses a token that was not given out. */
export function invalidNextToken(): AwsError {
  return new AwsError('InvalidNextToken', 'The token used is invalid.');
}

/** Refuses what the rehearsal has not, so that nothing succeeds silently. */
export function notRehearsed(what: string): AwsError {
  return validationError(`The rehearsal has no ${what}`);
}
