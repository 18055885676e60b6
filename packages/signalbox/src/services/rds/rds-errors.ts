import { AwsError } from '../../core/aws-error.ts';

/** Amazon RDS's refusals. AWS: "Errors" of each action in the RDS API reference. */

export function clusterNotFound(identifier: string): AwsError {
  return new AwsError('DBClusterNotFoundFault', `DBCluster ${identifier} not found.`);
}

/** On the wire its code is `DBInstanceNotFound`. */
export function instanceNotFound(identifier: string): AwsError {
  return new AwsError('DBInstanceNotFoundFault', `DBInstance ${identifier} not found.`);
}

export function globalClusterNotFound(identifier: string): AwsError {
  return new AwsError('GlobalClusterNotFoundFault', `Global cluster ${identifier} not found`);
}

export function clusterAlreadyExists(): AwsError {
  return new AwsError('DBClusterAlreadyExistsFault', 'DB Cluster already exists');
}

export function instanceAlreadyExists(): AwsError {
  return new AwsError('DBInstanceAlreadyExistsFault', 'DB instance already exists');
}

export function invalidClusterState(message: string): AwsError {
  return new AwsError('InvalidDBClusterStateFault', message);
}

/** On the wire its code is `InvalidDBInstanceState`. */
export function invalidInstanceState(message: string): AwsError {
  return new AwsError('InvalidDBInstanceStateFault', message);
}

export function invalidGlobalClusterState(message: string): AwsError {
  return new AwsError('InvalidGlobalClusterStateFault', message);
}

export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

export function invalidParameterCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message);
}

/** AWS: "Common Errors" of the RDS API reference. */
export function serviceUnavailable(): AwsError {
  return new AwsError(
    'ServiceUnavailable',
    'The request has failed due to a temporary failure of the server.',
  );
}

export function throttling(): AwsError {
  return new AwsError('Throttling', 'Rate exceeded');
}

/**
 * Returns a required parameter's value.
 * @throws {AwsError} `MissingParameter`.
 */
export function required<T>(name: string, value: T | undefined): T {
  if (value !== undefined && value !== '') return value;
  throw new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);
}

/**
 * Refuses by name what the rehearsal does not support, so that nothing succeeds silently.
 * @throws {AwsError} `InvalidParameterValue`.
 */
export function refuseOthers(input: object, supported: readonly string[]): void {
  const other = Object.entries(input).find(
    ([name, value]) => value !== undefined && !supported.includes(name),
  );
  if (other === undefined) return;
  throw invalidParameterValue(
    `The rehearsal does not support ${other[0]}: it supports ${[...supported].sort().join(', ')}`,
  );
}
