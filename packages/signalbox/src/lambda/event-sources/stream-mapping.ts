import { AwsError } from '../../core/aws-error.ts';
import type { Polling } from '../../core/keep-polling.ts';
import { createSourceFilter } from '../../event-patterns/source-filter.ts';
import { batchInfo } from '../../streams/batch-info.ts';
import { readStream } from '../../streams/read-stream.ts';
import type { StreamEvent } from '../../streams/stream-event.ts';
import type { GivenUp, HandedOver, StreamReaderOptions } from '../../streams/stream-reader.ts';
import type { EventSourceMappingResource, FunctionResource } from '../../template/app.ts';
import type { StreamSettings } from '../../template/stream-settings.ts';
import type { LambdaHost } from '../host.ts';
import { findQueueUrl } from '../queue-url.ts';
import { readBatchItemFailures } from './batch-item-failures.ts';

/** The host, clock and services of a mapping from a stream. */
export interface StreamMappingOptions extends StreamReaderOptions {
  readonly host: Pick<LambdaHost, 'invoke'>;
}

/** Feeds a function with the changes of a table (Lambda Developer Guide, "Using Lambda with DynamoDB"). */
export function startStreamMapping(
  options: StreamMappingOptions,
  mapping: EventSourceMappingResource & { readonly stream: StreamSettings },
  resource: FunctionResource,
): Polling {
  const { stream, sourceArn, batchSize } = mapping;
  return readStream(options, {
    name: `Event source mapping ${mapping.logicalId}`,
    streamArn: sourceArn,
    caller: { arn: resource.roleArn },
    batchSize,
    settings: stream,
    takes: createSourceFilter(mapping.filters),
    hand: (batch) => invoke(options, mapping, resource, batch),
    giveUp: (given) => tell(options, stream.onFailureArn, resource, given, sourceArn),
  });
}

async function invoke(
  { host }: StreamMappingOptions,
  { reportBatchItemFailures }: EventSourceMappingResource,
  { name }: FunctionResource,
  batch: readonly StreamEvent[],
): Promise<HandedOver> {
  const payload = new TextEncoder().encode(JSON.stringify({ Records: batch }));
  try {
    const response = await host.invoke(name, payload);
    const { functionError } = response;
    if (functionError !== undefined) return { kind: 'failed', functionError };
    if (!reportBatchItemFailures) return { kind: 'done' };
    const numbers = batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const failed = readBatchItemFailures(response.payload, new Set(numbers));
    if (failed === undefined) return { kind: 'failed' };
    // AWS: all from the lowest number on are tried again.
    const from = numbers.find((number) => failed.has(number));
    return from === undefined ? { kind: 'done' } : { kind: 'failed', from };
  } catch (error) {
    if (error instanceof AwsError && error.name === 'TooManyRequestsException') {
      return { kind: 'throttled' };
    }
    throw error;
  }
}

async function tell(
  { call, clock }: StreamMappingOptions,
  destination: string | undefined,
  resource: FunctionResource,
  given: GivenUp,
  streamArn: string,
): Promise<void> {
  if (destination === undefined) return;
  const caller = { arn: resource.roleArn };
  const { condition, attempts, functionError } = given;
  const record = JSON.stringify({
    requestContext: {
      requestId: crypto.randomUUID(),
      functionArn: resource.arn,
      condition,
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError },
    version: '1.0',
    timestamp: clock.now().toISOString(),
    DDBStreamBatchInfo: batchInfo(given, streamArn),
  });
  if (destination.split(':')[2] === 'sns') {
    await call('sns', 'Publish', { TopicArn: destination, Message: record }, caller);
    return;
  }
  const QueueUrl = await findQueueUrl(call, destination, caller);
  await call('sqs', 'SendMessage', { QueueUrl, MessageBody: record }, caller);
}
