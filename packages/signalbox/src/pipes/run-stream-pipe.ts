import { AwsError } from '../core/aws-error.ts';
import type { Polling } from '../core/keep-polling.ts';
import { createSourceFilter } from '../event-patterns/source-filter.ts';
import { batchInfo } from '../streams/batch-info.ts';
import { readStream } from '../streams/read-stream.ts';
import type { GivenUp, StreamReaderOptions } from '../streams/stream-reader.ts';
import type { PipeResource } from '../template/pipe-resource.ts';
import type { StreamSettings } from '../template/stream-settings.ts';
import type { EndOptions } from './call-end.ts';
import { handOver } from './hand-over.ts';

/** The clock and services of a pipe from a stream. */
export interface StreamPipeOptions extends EndOptions, StreamReaderOptions {}

/**
 * Reads a table's stream for a pipe: filters, enriches and delivers batch by batch.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-dynamodb.html
 */
export function runStreamPipe(
  options: StreamPipeOptions,
  pipe: PipeResource & { readonly stream: StreamSettings },
): Polling {
  const reported = new Set<string>();
  const name = `Pipe ${pipe.logicalId}`;
  return readStream(options, {
    name,
    streamArn: pipe.sourceArn,
    caller: { arn: pipe.roleArn },
    batchSize: pipe.batchSize,
    settings: pipe.stream,
    takes: createSourceFilter(pipe.filters),
    async hand(batch) {
      try {
        await handOver(pipe, batch, options);
        return { kind: 'done' };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const reason = `${name} fails: ${error.name}: ${error.message}`;
        if (!reported.has(reason)) options.onProblem(reason);
        reported.add(reason);
        return { kind: 'failed' };
      }
    },
    giveUp: (given) => tell(options, pipe, pipe.stream.onFailureArn, given),
  });
}

async function tell(
  { call, clock, queueUrl }: StreamPipeOptions,
  { arn, roleArn, sourceArn }: PipeResource,
  destination: string | undefined,
  given: GivenUp,
): Promise<void> {
  if (destination === undefined) return;
  const caller = { arn: roleArn };
  const message = JSON.stringify({
    context: { partnerResourceArn: arn, condition: given.condition },
    version: '1.0',
    timestamp: clock.now().toISOString(),
    DDBStreamBatchInfo: batchInfo(given, sourceArn),
  });
  if (destination.split(':')[2] === 'sns') {
    await call('sns', 'Publish', { TopicArn: destination, Message: message }, caller);
    return;
  }
  const input = { QueueUrl: queueUrl(destination), MessageBody: message };
  await call('sqs', 'SendMessage', input, caller);
}
