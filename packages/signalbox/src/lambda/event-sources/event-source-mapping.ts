import { AwsError } from '../../core/aws-error.ts';
import type { OnBug } from '../../core/bugs/own-promise.ts';
import type { Clock } from '../../core/clock.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../core/json.ts';
import type { ServiceCall } from '../../core/service.ts';
import { createSourceFilter } from '../../event-patterns/source-filter.ts';
import type { EventSourceMappingResource, FunctionResource } from '../../template/app.ts';
import type { LambdaHost } from '../host.ts';
import { findQueueUrl } from '../queue-url.ts';
import { readBatchItemFailures } from './batch-item-failures.ts';
import { type ReceivedMessage, toSqsEvent } from './sqs-event.ts';

/** The clock and services of an event source mapping. */
export interface EventSourceOptions {
  readonly host: Pick<LambdaHost, 'invoke'>;
  readonly clock: Clock;
  readonly call: ServiceCall;
  /** Resolves when the queue has a message to receive, or the signal aborts. */
  readonly whenReceivable: (queueArn: string, signal: AbortSignal) => Promise<void>;
  /** Notified when polling fails, such as for want of a permission; each reason once. */
  readonly onProblem: (text: string) => void;
  readonly onBug: OnBug;
}

/** A mapping at work. */
export interface RunningMapping {
  /** Receives no more, and resolves when the batches under way are done. */
  stop(): Promise<void>;
}

/** AWS: five concurrent batches to begin with; the rehearsal does not scale up from there. */
const CONCURRENT_BATCHES = 5;
const RECEIVE_LIMIT = 10;

/** Real milliseconds: a timer on a skipping clock would be over at once, again and again. */
const RETRY_DELAY_MS = 1000;

/**
 * Polls a queue for a function (Lambda Developer Guide, "Using Lambda with Amazon SQS"). It sets no
 * timer while the queue is empty, so that time does not skip for its sake, and it holds the clock
 * from the receipt of a batch until the batch is deleted.
 */
export function startEventSourceMapping(
  options: EventSourceOptions,
  mapping: EventSourceMappingResource,
  resource: FunctionResource,
): RunningMapping {
  const stopping = new AbortController();
  const poller = new Poller(options, mapping, resource, stopping.signal);
  const count = mapping.maximumConcurrency ?? CONCURRENT_BATCHES;
  const loops = Array.from({ length: Math.min(count, CONCURRENT_BATCHES) }, () => poller.run());
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

class Poller {
  readonly #options: EventSourceOptions;
  readonly #mapping: EventSourceMappingResource;
  readonly #resource: FunctionResource;
  readonly #signal: AbortSignal;
  readonly #takes: (event: JsonObject) => boolean;
  readonly #reported = new Set<string>();

  constructor(
    options: EventSourceOptions,
    mapping: EventSourceMappingResource,
    resource: FunctionResource,
    signal: AbortSignal,
  ) {
    this.#options = options;
    this.#mapping = mapping;
    this.#resource = resource;
    this.#signal = signal;
    this.#takes = createSourceFilter(mapping.filters);
  }

  async run(): Promise<void> {
    const { onBug } = this.#options;
    while (!this.#signal.aborted) {
      try {
        await this.#poll();
      } catch (error) {
        if (error instanceof AwsError) this.#report(`${error.name}: ${error.message}`);
        else onBug(error);
        // AWS: a mapping whose queue is gone tries again until it is there.
        await pause(RETRY_DELAY_MS, this.#signal);
      }
    }
  }

  /** Waits for messages and hands one batch of them over. */
  async #poll(): Promise<void> {
    const { whenReceivable, clock } = this.#options;
    await whenReceivable(this.#mapping.sourceArn, this.#signal);
    if (this.#signal.aborted) return;
    const release = clock.hold();
    try {
      await this.#takeBatch();
    } finally {
      release();
    }
  }

  #report(reason: string): void {
    if (this.#reported.has(reason)) return;
    this.#reported.add(reason);
    this.#options.onProblem(`Event source mapping ${this.#mapping.logicalId} fails: ${reason}`);
  }

  async #takeBatch(): Promise<void> {
    const { call } = this.#options;
    const { sourceArn: queueArn, batchSize } = this.#mapping;
    const caller = { arn: this.#resource.roleArn };
    const QueueUrl = await findQueueUrl(call, queueArn, caller);
    const input = {
      QueueUrl,
      MaxNumberOfMessages: Math.min(batchSize, RECEIVE_LIMIT),
      WaitTimeSeconds: 0,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    const received: { readonly Messages?: readonly ReceivedMessage[] } = await call(
      'sqs',
      'ReceiveMessage',
      input,
      caller,
    );
    const messages = received.Messages ?? [];
    if (messages.length === 0) return;
    const done = await this.#invokeWith(messages);
    if (done.length === 0) return;
    const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await call('sqs', 'DeleteMessageBatch', { QueueUrl, Entries }, caller);
  }

  /** Returns the messages that are done with: those that no filter takes, and those of the function. */
  async #invokeWith(messages: readonly ReceivedMessage[]): Promise<readonly ReceivedMessage[]> {
    const { sourceArn } = this.#mapping;
    const isTaken = (message: ReceivedMessage): boolean => {
      const [record] = toSqsEvent([message], sourceArn).Records;
      const event = parseJson(JSON.stringify(record));
      return isJsonObject(event) && this.#takes(event);
    };
    const taken = messages.filter(isTaken);
    const left = messages.filter((message) => !taken.includes(message));
    return taken.length === 0 ? left : [...left, ...(await this.#invoke(taken))];
  }

  /** Returns the messages that the function has done with; the others come back by the queue's visibility time-out. */
  async #invoke(messages: readonly ReceivedMessage[]): Promise<readonly ReceivedMessage[]> {
    const { sourceArn: queueArn, reportBatchItemFailures } = this.#mapping;
    const event = JSON.stringify(toSqsEvent(messages, queueArn));
    const payload = new TextEncoder().encode(event);
    try {
      const response = await this.#options.host.invoke(this.#resource.name, payload);
      if (response.functionError !== undefined) return [];
      if (!reportBatchItemFailures) return messages;
      const ids = new Set(messages.map(({ MessageId = '' }) => MessageId));
      const failed = readBatchItemFailures(response.payload, ids);
      if (failed === undefined) return [];
      return messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
    } catch (error) {
      if (error instanceof AwsError && error.name === 'TooManyRequestsException') return [];
      throw error;
    }
  }
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, delayMs).unref();
    signal.addEventListener('abort', finish);
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
  });
}
