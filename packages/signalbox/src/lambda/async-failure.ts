import { AwsError } from '../core/aws-error.ts';
import type { Caller, ServiceCall } from '../core/service.ts';
import type { FunctionResource } from '../template/app.ts';
import { findQueueUrl } from './queue-url.ts';
import type { InvocationAnswer } from './run-invocation.ts';

/** An asynchronous invocation that Lambda has given up. */
export interface AsyncFailure {
  readonly resource: FunctionResource;
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
  /** How often the function ran. */
  readonly attempts: number;
  /** Its last result; undefined where it never ran. */
  readonly answer: InvocationAnswer | undefined;
}

/**
 * Sends the record of a failure to the function's on-failure destination (Lambda Developer Guide,
 * "Capturing records of Lambda asynchronous invocations").
 * @throws {AwsError} When the destination refuses.
 */
export async function sendToDestination(
  call: ServiceCall,
  destinationArn: string,
  failure: AsyncFailure,
  now: Date,
): Promise<void> {
  const caller = { arn: failure.resource.roleArn };
  const record = JSON.stringify(toRecord(failure, now));
  switch (serviceOf(destinationArn)) {
    case 'sqs': {
      const QueueUrl = await findQueueUrl(call, destinationArn, caller);
      return await send('sqs', 'SendMessage', { QueueUrl, MessageBody: record });
    }
    case 'sns':
      return await send('sns', 'Publish', { TopicArn: destinationArn, Message: record });
    case 'lambda': {
      const Payload = new TextEncoder().encode(record);
      const input = { FunctionName: destinationArn, InvocationType: 'Event', Payload };
      return await send('lambda', 'Invoke', input);
    }
    case 'events':
      return await send('events', 'PutEvents', {
        Entries: [
          {
            EventBusName: destinationArn,
            Source: 'lambda',
            DetailType: 'Lambda Function Invocation Result - Failure',
            Resources: [`${failure.resource.arn}:$LATEST`, destinationArn],
            Detail: record,
          },
        ],
      });
    default:
      throw unsupported(destinationArn);
  }

  async function send(service: string, action: string, input: object): Promise<void> {
    await call(service, action, input, caller);
  }
}

/**
 * Sends the event itself to the function's dead-letter queue or topic (Lambda Developer Guide,
 * "Adding a dead-letter queue").
 * @throws {AwsError} When the queue or topic refuses.
 */
export async function sendToDeadLetters(
  call: ServiceCall,
  deadLetterArn: string,
  { resource, requestId, payload, answer }: AsyncFailure,
): Promise<void> {
  const caller: Caller = { arn: resource.roleArn };
  const text = new TextDecoder().decode(payload);
  const MessageAttributes = {
    RequestID: { DataType: 'String', StringValue: requestId },
    ErrorCode: { DataType: 'Number', StringValue: '200' },
    ErrorMessage: { DataType: 'String', StringValue: errorMessageOf(answer).slice(0, 1024) },
  };
  switch (serviceOf(deadLetterArn)) {
    case 'sqs': {
      const QueueUrl = await findQueueUrl(call, deadLetterArn, caller);
      await call('sqs', 'SendMessage', { QueueUrl, MessageBody: text, MessageAttributes }, caller);
      return;
    }
    case 'sns': {
      const input = { TopicArn: deadLetterArn, Message: text, MessageAttributes };
      await call('sns', 'Publish', input, caller);
      return;
    }
    default:
      throw unsupported(deadLetterArn);
  }
}

function toRecord(failure: AsyncFailure, now: Date): object {
  const { resource, requestId, condition, attempts, payload, answer } = failure;
  const requestContext = {
    requestId,
    functionArn: `${resource.arn}:$LATEST`,
    condition,
    approximateInvokeCount: attempts,
  };
  return {
    version: '1.0',
    timestamp: now.toISOString(),
    requestContext,
    requestPayload: parse(payload),
    ...(answer !== undefined && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: answer.functionError,
      },
      responsePayload: parse(answer.payload),
    }),
  };
}

function parse(payload: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(payload));
}

function errorMessageOf(answer: InvocationAnswer | undefined): string {
  const report = answer === undefined ? undefined : parse(answer.payload);
  const hasMessage = typeof report === 'object' && report !== null && 'errorMessage' in report;
  return hasMessage ? String(report.errorMessage) : 'Event age exceeded';
}

function serviceOf(arn: string): string | undefined {
  return arn.split(':')[2];
}

function unsupported(arn: string): AwsError {
  const message = `The provided destination config DestinationConfig is invalid: ${arn}`;
  return new AwsError('InvalidParameterValueException', message, { Type: 'User' });
}
