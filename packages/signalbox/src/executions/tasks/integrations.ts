import type { IntegrationPattern, TaskResource } from '../../states-language/task/resource.ts';

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

interface OptimizedService {
  readonly service: string;
  readonly errorPrefix: string;
  readonly unmodelledError: string;
  readonly serviceName: string;
  readonly actions: readonly string[];
  readonly patterns: readonly IntegrationPattern[];
}

const OPTIMIZED: ReadonlyMap<string, OptimizedService> = new Map([
  [
    'lambda',
    {
      service: 'lambda',
      errorPrefix: 'Lambda',
      unmodelledError: 'AWSLambdaException',
      serviceName: 'AWSLambda',
      actions: ['invoke'],
      patterns: ['requestResponse', 'waitForTaskToken'],
    },
  ],
  [
    'sqs',
    {
      service: 'sqs',
      errorPrefix: 'SQS',
      unmodelledError: 'AmazonSQSException',
      serviceName: 'AmazonSQS',
      actions: ['sendMessage'],
      patterns: ['requestResponse', 'waitForTaskToken'],
    },
  ],
  [
    'sns',
    {
      service: 'sns',
      errorPrefix: 'SNS',
      unmodelledError: 'AmazonSNSException',
      serviceName: 'AmazonSNS',
      actions: ['publish'],
      patterns: ['requestResponse', 'waitForTaskToken'],
    },
  ],
  [
    'events',
    {
      service: 'events',
      errorPrefix: 'EventBridge',
      unmodelledError: 'AmazonEventBridgeException',
      serviceName: 'AmazonEventBridge',
      actions: ['putEvents'],
      patterns: ['requestResponse', 'waitForTaskToken'],
    },
  ],
  [
    'dynamodb',
    {
      service: 'dynamodb',
      errorPrefix: 'DynamoDB',
      unmodelledError: 'AmazonDynamoDBException',
      serviceName: 'AmazonDynamoDBv2',
      actions: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
      patterns: ['requestResponse'],
    },
  ],
  [
    // Only item readers and result writers of Maps name it.
    's3',
    {
      service: 's3',
      errorPrefix: 'S3',
      unmodelledError: 'AmazonS3Exception',
      serviceName: 'AmazonS3',
      actions: ['getObject', 'listObjectsV2', 'putObject'],
      patterns: ['requestResponse'],
    },
  ],
  [
    'states',
    {
      service: 'states',
      errorPrefix: 'StepFunctions',
      unmodelledError: 'AWSStepFunctionsException',
      serviceName: 'AWSStepFunctions',
      actions: ['startExecution'],
      patterns: ['requestResponse', 'sync', 'waitForTaskToken'],
    },
  ],
]);

/** The services of `aws-sdk:` by their names there: the signing name, and the newer SDK's name. */
const AWS_SDK: ReadonlyMap<string, readonly [service: string, sdkName: string]> = new Map([
  ['cloudformation', ['cloudformation', 'CloudFormation']],
  ['cloudfront', ['cloudfront', 'CloudFront']],
  ['cloudwatch', ['monitoring', 'CloudWatch']],
  ['cloudwatchlogs', ['logs', 'CloudWatchLogs']],
  ['autoscaling', ['autoscaling', 'AutoScaling']],
  ['dynamodb', ['dynamodb', 'DynamoDb']],
  ['ec2', ['ec2', 'Ec2']],
  ['elasticache', ['elasticache', 'ElastiCache']],
  ['elasticloadbalancingv2', ['elasticloadbalancing', 'ElasticLoadBalancingV2']],
  ['eventbridge', ['events', 'EventBridge']],
  ['lambda', ['lambda', 'Lambda']],
  ['rds', ['rds', 'Rds']],
  ['s3', ['s3', 'S3']],
  ['secretsmanager', ['secretsmanager', 'SecretsManager']],
  ['sfn', ['states', 'Sfn']],
  ['sns', ['sns', 'Sns']],
  ['sqs', ['sqs', 'Sqs']],
  ['ssm', ['ssm', 'Ssm']],
  ['sts', ['sts', 'Sts']],
]);

const AWS_SDK_PREFIX = 'aws-sdk:';

/** Returns whether a resource calls an HTTP API rather than a service of AWS. */
export function isHttpTask(resource: TaskResource): boolean {
  if (resource.kind !== 'service') return false;
  return resource.resourceType === 'http' && resource.resource === 'invoke';
}

/** Finds the API action behind a service resource; undefined where Step Functions has no such integration. */
export function findIntegration(
  resource: Extract<TaskResource, { kind: 'service' }>,
): Integration | undefined {
  const [actionName = ''] = resource.resource.split('.');
  const action = actionName.charAt(0).toUpperCase() + actionName.slice(1);
  if (resource.resourceType.startsWith(AWS_SDK_PREFIX)) {
    if (resource.pattern === 'sync') return undefined;
    const found = AWS_SDK.get(resource.resourceType.slice(AWS_SDK_PREFIX.length));
    if (found === undefined || action === actionName) return undefined;
    const [service, sdkName] = found;
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
  const { actions, patterns, ...names } = optimized;
  if (!actions.includes(actionName) || !patterns.includes(resource.pattern)) return undefined;
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
