import { AwsError } from '../../core/aws-error.ts';

/** Refuses a health check that is not there. */
export function noSuchHealthCheck(id: string | undefined): AwsError {
  return new AwsError('NoSuchHealthCheck', `No health check exists with ID ${id ?? ''}`);
}

/** Refuses an update of a version that is no longer the current one. */
export function healthCheckVersionMismatch(given: number, current: number): AwsError {
  return new AwsError(
    'HealthCheckVersionMismatch',
    `The specified version: ${given} does not match the current version: ${current}`,
  );
}

/** Refuses a reference that another health check was made with. */
export function healthCheckAlreadyExists(reference: string): AwsError {
  return new AwsError(
    'HealthCheckAlreadyExists',
    `A health check with caller reference ${reference} already exists with other settings`,
  );
}

/** Refuses an input that does not fit, or that is not rehearsed. */
export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInput', message);
}

/** Refuses a hosted zone that is not there. */
export function noSuchHostedZone(id: string): AwsError {
  return new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`);
}

/** Refuses every change while the control plane in us-east-1 is down. */
export function controlPlaneDown(): AwsError {
  return new AwsError(
    'ServiceUnavailable',
    'The request has failed due to a temporary failure of the server.',
  );
}
