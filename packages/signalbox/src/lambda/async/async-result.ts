import { AwsError } from '../../core/aws-error.ts';
import { parseJson } from '../../core/json.ts';
import type { Caller, ServiceCall } from '../../core/service.ts';
import type { FunctionResource } from '../../template/app.ts';
import { findQueueUrl } from '../queue-url.ts';
import type { FunctionResponse } from '../run-invocation.ts';

/** The result of an asynchronous invocation that Lambda is done with. */
export interface AsyncResult {
  readonly resource: FunctionResource;
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  /** The number of times that the function ran. */
  readonly attempts: number;
  /** Its last result; undefined where it never ran. */
  readonly response: FunctionResponse | undefined;
}

/**
 * Sends the record of an invocation to the function's destination for such a result (Lambda Developer Guide,
 * "Capturing records of Lambda asynchronous invocations").
 * @throws {AwsError} When the destination refuses.
 */
export async function sendToDestination(
  call: ServiceCall,
  destinationArn: string,
  result: AsyncResult,
  now: Date,
): Promise<void> {
  const caller = { arn: result.resource.roleArn };
  const isSuccess = result.condition === 'Success';
  const record = JSON.stringify(toRecord(result, now));
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
            DetailType: `Lambda Function Invocation Result - ${isSuccess ? 'Success' : 'Failure'}`,
            Resources: [`${result.resource.arn}:$LATEST`, destinationArn],
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
  { resource, requestId, payload, response }: AsyncResult,
): Promise<void> {
  const caller: Caller = { arn: resource.roleArn };
  const text = new TextDecoder().decode(payload);
  const MessageAttributes = {
    RequestID: { DataType: 'String', StringValue: requestId },
    ErrorCode: { DataType: 'Number', StringValue: '200' },
    ErrorMessage: { DataType: 'String', StringValue: errorMessageOf(response).slice(0, 1024) },
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

function toRecord(result: AsyncResult, now: Date): object {
  const { resource, requestId, condition, attempts, payload, response } = result;
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
    ...(response !== undefined && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(response.functionError !== undefined && { functionError: response.functionError }),
      },
      responsePayload: parse(response.payload),
    }),
  };
}

/** The payload's value, or its text where it is deeper than a JSON text may be. */
function parse(payload: Uint8Array): unknown {
  const text = new TextDecoder().decode(payload);
  return parseJson(text) ?? text;
}

function errorMessageOf(response: FunctionResponse | undefined): string {
  const report = response === undefined ? undefined : parse(response.payload);
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
