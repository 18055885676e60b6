import type { AwsError } from '../core/aws-error.ts';
import { deadLetterErrorCode } from './retry-policy.ts';

/** A string attribute, in SQS's own words. */
export interface MessageAttribute {
  readonly DataType: 'String';
  readonly StringValue: string;
}

/** Attributes by name. */
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** The limit of a target's RetryPolicy that a delivery came to. */
export type ExhaustedRetryCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

/** The reason for which a delivery was given up. */
export interface DeliveryFailure {
  readonly error: AwsError;
  /** Undefined where the error is one that isn't retried. */
  readonly exhausted: ExhaustedRetryCondition | undefined;
  readonly retryAttempts: number;
}

/**
 * The attributes that EventBridge gives a dead letter.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function deadLetterAttributes(
  { ruleArn, targetArn }: { readonly ruleArn: string; readonly targetArn: string },
  { error, exhausted, retryAttempts }: DeliveryFailure,
): MessageAttributes {
  const values: readonly (readonly [string, string])[] = [
    ['RULE_ARN', ruleArn],
    ['TARGET_ARN', targetArn],
    ['ERROR_CODE', deadLetterErrorCode(error)],
    ['ERROR_MESSAGE', error.message === '' ? error.name : error.message],
    ...(exhausted === undefined ? [] : [['EXHAUSTED_RETRY_CONDITION', exhausted] as const]),
    ['RETRY_ATTEMPTS', String(retryAttempts)],
  ];
  return Object.fromEntries(
    values.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
}
