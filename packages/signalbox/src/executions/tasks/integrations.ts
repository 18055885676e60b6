import type { TaskResource } from '../../states-language/task/resource.ts';
import { OPTIMIZED } from './optimized-services.ts';
import { SDK_SERVICES } from './sdk-services.ts';

/** The API action behind a Task's resource, and the names that AWS gives its errors. */
export interface Integration {
  /** Optimized integrations speak in the words of the older SDK, `aws-sdk` ones in those of the newer. */
  readonly style: 'optimized' | 'aws-sdk';
  /** Signing name, such as `states`, `events`, `monitoring`. */
  readonly service: string;
  /** Such as `SendMessage`. */
  readonly action: string;
  /** The beginning of error names, such as `DynamoDB` or, by `aws-sdk`, `DynamoDb`. */
  readonly errorPrefix: string;
  /** The name of every error that the service's model does not have, without the prefix. */
  readonly unmodelledError: string;
  /** The service's name in causes, such as `AmazonDynamoDBv2`. */
  readonly serviceName: string;
}

/** Returns whether a resource calls an HTTP API rather than a service of AWS. */
export function isHttpTask(resource: TaskResource): boolean {
  if (resource.kind !== 'service') return false;
  return resource.resourceType === 'http' && resource.resource === 'invoke';
}

const AWS_SDK_PREFIX = 'aws-sdk:';

/** Finds the API action behind a service resource; undefined where Step Functions has no such integration. */
export function findIntegration(
  resource: Extract<TaskResource, { kind: 'service' }>,
): Integration | undefined {
  const [actionName = ''] = resource.resource.split('.');
  const action = actionName.charAt(0).toUpperCase() + actionName.slice(1);
  if (resource.resourceType.startsWith(AWS_SDK_PREFIX)) {
    if (resource.pattern === 'sync') return undefined;
    const found = SDK_SERVICES.get(resource.resourceType.slice(AWS_SDK_PREFIX.length));
    if (found === undefined || action === actionName) return undefined;
    const { service, sdkName } = found;
    return {
      style: 'aws-sdk',
      service,
      action,
      errorPrefix: sdkName,
      unmodelledError: `${sdkName}Exception`,
      serviceName: sdkName,
    };
  }
  const optimized = OPTIMIZED.get(resource.resourceType);
  if (optimized === undefined) return undefined;
  const { actions, ...names } = optimized;
  if (actions[actionName]?.includes(resource.pattern) !== true) return undefined;
  return { style: 'optimized', action, ...names };
}

/** The integration that a plain function ARN stands for. */
export const LAMBDA_INVOKE: Integration = {
  style: 'optimized',
  service: 'lambda',
  action: 'Invoke',
  errorPrefix: 'Lambda',
  unmodelledError: 'AWSLambdaException',
  serviceName: 'AWSLambda',
};
