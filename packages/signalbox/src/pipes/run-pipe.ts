import type { OnBug } from '../core/bugs/own-promise.ts';
import type { Clock } from '../core/clock.ts';
import { isJsonObject, type JsonObject, parseJson } from '../core/json.ts';
import { keepPolling, type Polling } from '../core/keep-polling.ts';
import { createSourceFilter } from '../event-patterns/source-filter.ts';
import type { PipeResource } from '../template/pipe-resource.ts';
import type { EndOptions } from './call-end.ts';
import { handOver } from './hand-over.ts';

/** The clock and services of a pipe. */
export interface PipeOptions extends EndOptions {
  readonly clock: Clock;
  /** Resolves when the queue has a message to receive, or the signal aborts. */
  readonly whenReceivable: (queueArn: string, signal: AbortSignal) => Promise<void>;
  /** Writes a received message as the event that a pipe has of it. */
  readonly eventOf: (message: object, queueArn: string) => object;
  /** Notified when the pipe fails; each reason once. */
  readonly onProblem: (text: string) => void;
  readonly onBug: OnBug;
}

interface Message {
  readonly ReceiptHandle?: string;
}

/**
 * Polls a queue for a pipe: filters, enriches and delivers batch by batch. A message that no filter takes
 * is deleted; a batch that fails comes back by the queue's visibility time-out.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes.html
 */
export function runPipe(options: PipeOptions, pipe: PipeResource): Polling {
  const takes = createSourceFilter(pipe.filters);

  async function poll(signal: AbortSignal): Promise<void> {
    await options.whenReceivable(pipe.sourceArn, signal);
    if (signal.aborted) return;
    const release = options.clock.hold();
    try {
      await takeBatch();
    } finally {
      release();
    }
  }

  async function takeBatch(): Promise<void> {
    const { call, queueUrl, eventOf } = options;
    const caller = { arn: pipe.roleArn };
    const QueueUrl = queueUrl(pipe.sourceArn);
    const received: { readonly Messages?: readonly Message[] } = await call(
      'sqs',
      'ReceiveMessage',
      {
        QueueUrl,
        MaxNumberOfMessages: Math.min(pipe.batchSize, 10),
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      },
      caller,
    );
    const messages = received.Messages ?? [];
    if (messages.length === 0) return;
    const events = messages
      .map((message) => jsonOf(eventOf(message, pipe.sourceArn)))
      .filter(takes);
    if (events.length > 0) await handOver(pipe, events, options);
    const Entries = messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
    }));
    await call('sqs', 'DeleteMessageBatch', { QueueUrl, Entries }, caller);
  }

  const { onProblem, onBug } = options;
  return keepPolling(poll, { name: `Pipe ${pipe.logicalId}`, onProblem, onBug });
}

function jsonOf(event: object): JsonObject {
  const json = parseJson(JSON.stringify(event));
  return isJsonObject(json) ? json : {};
}
