import { AwsError } from '../../core/aws-error.ts';

/** Refuses a parameter in SNS's words. */
export function invalidParameter(reason: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid parameter: ${reason}`);
}

/** Refuses a page token that was not given out. */
export function invalidToken(): AwsError {
  return invalidParameter('NextToken');
}

/** Refuses a topic or subscription that is not there. */
export function notFound(noun: 'Topic' | 'Subscription'): AwsError {
  return new AwsError('NotFoundException', `${noun} does not exist`);
}
