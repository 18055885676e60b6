import { AwsError } from '../core/aws-error.ts';

/** The services whose resources may be targets (EventBridge User Guide, "Event bus targets"). */
const SERVICES: ReadonlySet<string> = new Set([
  ...['appsync', 'batch', 'codebuild', 'codepipeline', 'ec2', 'ecs', 'events', 'execute-api'],
  ...['firehose', 'glue', 'inspector', 'inspector2', 'kinesis', 'lambda', 'logs', 'redshift'],
  ...['redshift-serverless', 'sagemaker', 'sns', 'sqs', 'ssm', 'ssm-incidents', 'states'],
]);

/** @throws {AwsError} `ValidationException` for what is no ARN, or the ARN of what takes no events. */
export function checkTargetArn(arn: string): void {
  const [, service] = /^arn:[^:]+:([^:]+):[^:]*:[^:]*:.+$/.exec(arn) ?? [];
  if (service === undefined) throw invalidArn(arn, 'Provided Arn is not in correct format.');
  if (SERVICES.has(service)) return;
  throw invalidArn(arn, `${service} is not a supported service for a target.`);
}

function invalidArn(arn: string, reason: string): AwsError {
  return new AwsError('ValidationException', `Parameter ${arn} is not valid. Reason: ${reason}`);
}
