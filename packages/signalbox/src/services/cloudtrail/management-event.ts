import type { AwsError } from '../../core/aws-error.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Caller } from '../../core/service.ts';
import { userIdentityOf, wholeSeconds } from './user-identity.ts';

/** A call that changed something, or was refused, as the service that took it describes it. */
export interface ApiCall {
  /** Such as `s3.amazonaws.com`. */
  readonly eventSource: string;
  /** CloudTrail's name of the action, such as `PutBucketLifecycle`. */
  readonly eventName: string;
  readonly region: string;
  readonly caller: Caller;
  readonly requestParameters: JsonObject;
  readonly resources: readonly { readonly type: string; readonly arn: string }[];
  readonly error: AwsError | undefined;
}

/** The facts that CloudTrail adds to a call. */
export interface RecordOptions {
  readonly accountId: string;
  readonly at: Date;
  readonly uuid: () => string;
}

/** Writes the record of a management event. AWS: "CloudTrail record contents". */
export function managementEvent(call: ApiCall, options: RecordOptions): JsonObject {
  const { accountId, at, uuid } = options;
  const { caller, error, resources } = call;
  return {
    eventVersion: '1.11',
    userIdentity: userIdentityOf(caller.arn, accountId, at),
    eventTime: wholeSeconds(at),
    eventSource: call.eventSource,
    eventName: call.eventName,
    awsRegion: call.region,
    sourceIPAddress: '127.0.0.1',
    userAgent: '[signalbox]',
    ...(error === undefined ? {} : { errorCode: error.name, errorMessage: error.message }),
    requestParameters: call.requestParameters,
    responseElements: null,
    requestID: uuid().replaceAll('-', '').slice(0, 16).toUpperCase(),
    eventID: uuid(),
    readOnly: false,
    ...(resources.length === 0
      ? {}
      : { resources: resources.map(({ type, arn }) => ({ type, ARN: arn, accountId })) }),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
  };
}
