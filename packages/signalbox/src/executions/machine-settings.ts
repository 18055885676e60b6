import type { CreateStateMachineInput, EncryptionConfiguration } from '@aws-sdk/client-sfn';
import { AwsError } from '../core/aws-error.ts';

/** The key with which AWS encrypts what names no other. */
export const OWN_KEY: EncryptionConfiguration = { type: 'AWS_OWNED_KEY' };

type Settings = Partial<Pick<CreateStateMachineInput, 'roleArn' | 'loggingConfiguration'>>;

/** Checks a machine's role and logging. @throws {AwsError} `InvalidArn` or `InvalidLoggingConfiguration`. */
export function checkSettings({ roleArn, loggingConfiguration }: Settings): void {
  if (roleArn !== undefined && !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+/.test(roleArn)) {
    throw new AwsError('InvalidArn', `Invalid Role Arn: '${roleArn}'`);
  }
  const { level = 'OFF', destinations = [] } = loggingConfiguration ?? {};
  if (destinations.length > 1 || (level !== 'OFF' && destinations.length === 0)) {
    throw invalidLogging('Must specify exactly one Log Destination.');
  }
  const [destination] = destinations;
  const arn = destination?.cloudWatchLogsLogGroup?.logGroupArn;
  if (
    destination !== undefined &&
    !/^arn:[^:]+:logs:[^:]*:\d{12}:log-group:.+:\*$/.test(arn ?? '')
  ) {
    throw invalidLogging('Log Destination must be the ARN of a log group that ends in :*.');
  }
}

/** The logging that a request sets; no destinations are none. */
export function loggingOf({ loggingConfiguration }: Settings): object {
  if (loggingConfiguration === undefined) return {};
  const { destinations = [], ...rest } = loggingConfiguration;
  return destinations.length === 0 ? rest : { ...rest, destinations };
}

const MAX_TAGS = 50;

/** Checks the number of tags. @throws {AwsError} `TooManyTags`. */
export function checkTagCount(tags: readonly unknown[]): void {
  if (tags.length <= MAX_TAGS) return;
  throw new AwsError('TooManyTags', `A resource can have at most ${MAX_TAGS} tags`);
}

function invalidLogging(reason: string): AwsError {
  return new AwsError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${reason}`);
}
