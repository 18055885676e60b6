import { AwsError } from '../../core/aws-error.ts';
import type { OnBug } from '../../core/bugs/own-promise.ts';
import type { Clock } from '../../core/clock.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../core/json.ts';
import { keepPolling, type Polling } from '../../core/keep-polling.ts';
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

/** AWS: five concurrent batches to begin with; the rehearsal does not scale up from there. */
const CONCURRENT_BATCHES = 5;
const RECEIVE_LIMIT = 10;

/**
 * Polls a queue for a function (Lambda Developer Guide, "Using Lambda with Amazon SQS"). It sets no
 * timer while the queue is empty, so that time does not skip for its sake, and it holds the clock
 * from the receipt of a batch until the batch is deleted.
 */
export function startEventSourceMapping(
  options: EventSourceOptions,
  mapping: EventSourceMappingResource,
  resource: FunctionResource,
): Polling {
  const poller = new Poller(options, mapping, resource);
  const { onProblem, onBug } = options;
  return keepPolling((signal) => poller.poll(signal), {
    name: `Event source mapping ${mapping.logicalId}`,
    concurrency: Math.min(mapping.maximumConcurrency ?? CONCURRENT_BATCHES, CONCURRENT_BATCHES),
    onProblem,
    onBug,
  });
}

/** Messages that were received; time stands still until they are released. */
interface Batch {
  readonly QueueUrl: string;
  readonly messages: readonly ReceivedMessage[];
  readonly release: () => void;
}

class Poller {
  readonly #options: EventSourceOptions;
  readonly #mapping: EventSourceMappingResource;
  readonly #resource: FunctionResource;
  readonly #takes: (event: JsonObject) => boolean;
  /** The pollers before, one of which waits for messages. */
  #line: Promise<void> = Promise.resolve();

  constructor(
    options: EventSourceOptions,
    mapping: EventSourceMappingResource,
    resource: FunctionResource,
  ) {
    this.#options = options;
    this.#mapping = mapping;
    this.#resource = resource;
    this.#takes = createSourceFilter(mapping.filters);
  }

  /** Waits for messages and hands one batch of them over. */
  async poll(signal: AbortSignal): Promise<void> {
    const batch = await this.#inLine(() => this.#receive(signal));
    if (batch === undefined) return;
    try {
      await this.#handOver(batch);
    } finally {
      batch.release();
    }
  }

  /** One poller at a time receives: of five that one message wakes, four would find nothing. */
  #inLine<T>(receive: () => Promise<T>): Promise<T> {
    const turn = this.#line.then(receive);
    this.#line = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  async #receive(signal: AbortSignal): Promise<Batch | undefined> {
    if (signal.aborted) return undefined; // while it stood in line
    const { whenReceivable, clock } = this.#options;
    await whenReceivable(this.#mapping.sourceArn, signal);
    if (signal.aborted) return undefined;
    const release = clock.hold();
    try {
      const batch = await this.#receiveNow();
      if (batch.messages.length > 0) return { ...batch, release };
    } catch (error) {
      release();
      throw error;
    }
    release();
    return undefined;
  }

  async #receiveNow(): Promise<Omit<Batch, 'release'>> {
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
    return { QueueUrl, messages: received.Messages ?? [] };
  }

  async #handOver({ QueueUrl, messages }: Batch): Promise<void> {
    const done = await this.#invokeWith(messages);
    if (done.length === 0) return;
    const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const caller = { arn: this.#resource.roleArn };
    await this.#options.call('sqs', 'DeleteMessageBatch', { QueueUrl, Entries }, caller);
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
