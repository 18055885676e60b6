import type {
  AddPermissionRequest,
  CancelMessageMoveTaskRequest,
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityRequest,
  CreateQueueRequest,
  DeleteMessageBatchRequest,
  DeleteMessageRequest,
  DeleteQueueRequest,
  GetQueueAttributesRequest,
  GetQueueUrlRequest,
  ListDeadLetterSourceQueuesRequest,
  ListMessageMoveTasksRequest,
  ListQueuesRequest,
  ListQueueTagsRequest,
  PurgeQueueRequest,
  ReceiveMessageRequest,
  RemovePermissionRequest,
  SendMessageBatchRequest,
  SendMessageRequest,
  SetQueueAttributesRequest,
  StartMessageMoveTaskRequest,
  TagQueueRequest,
  UntagQueueRequest,
} from '@aws-sdk/client-sqs';
import { unkeptMaps } from '../../core/kept-maps.ts';
import { type Action, actions, type Caller, type Service } from '../../core/service.ts';
import type { MetricSource } from '../metric-source.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './in-flight.ts';
import { MoveTasks } from './move-tasks.ts';
import { checkAttributes } from './queue-attributes.ts';
import { createQueueMetrics } from './queue-metrics.ts';
import { addPermission, removePermission } from './queue-permissions.ts';
import { getQueueAttributes, purgeQueue, setQueueAttributes } from './queue-settings.ts';
import { QueueStore, type SqsOptions } from './queue-store.ts';
import { listQueueTags, tagQueue, untagQueue } from './queue-tags.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage, sendMessageBatch } from './send-message.ts';

/** Amazon SQS's queues. */
export interface Sqs {
  readonly service: Service;
  /** The metrics of how full the queues are. */
  readonly metricSource: MetricSource;
  /**
   * Adds a queue of the template, or changes its attributes; its dead-letter queue may be added later.
   * @throws {AwsError} When an attribute is refused.
   */
  createQueue(queue: {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
  }): void;
  /** Returns whether the account has a queue of this ARN. */
  hasQueue(queueArn: string): boolean;
  /**
   * Resolves when a message can be received, or the signal aborts. It sets no timer, so that a
   * consumer in process does not make time skip as a loop of long polls would.
   * @throws {AwsError} `QueueDoesNotExist`.
   */
  whenReceivable(queueArn: string, signal: AbortSignal): Promise<void>;
}

/** Makes Amazon SQS on a clock. */
export function createSqs(options: SqsOptions): Sqs {
  const metricSource = createQueueMetrics(options.region);
  const { clock } = options;
  const store = new QueueStore(options, (queue) =>
    metricSource.changed(queue, clock.now().getTime()),
  );
  return {
    service: {
      name: 'sqs',
      client: '@aws-sdk/client-sqs',
      actions: { ...queueActions(store, options), ...messageActions(store, options) },
      longPolls: ['ReceiveMessage'],
    },
    metricSource,
    createQueue({ name, attributes }) {
      checkAttributes(attributes);
      store.add(name, attributes);
    },
    hasQueue: (queueArn) => store.byArn(queueArn) !== undefined,
    async whenReceivable(queueArn, signal) {
      const queue = store.byArn(queueArn) ?? store.byName(queueArn);
      queue.serveInProcess();
      await queue.whenReceivable(signal);
    },
  };
}

function queueActions(
  store: QueueStore,
  { clock, maps = unkeptMaps }: SqsOptions,
): Record<string, Action> {
  const moves = new MoveTasks(store, maps.map('sqs/move-tasks'), clock);
  return actions({
    TagQueue: (input: TagQueueRequest) => tagQueue(store, store.byUrl(input.QueueUrl), input),
    UntagQueue: (input: UntagQueueRequest) => untagQueue(store, store.byUrl(input.QueueUrl), input),
    ListQueueTags: (input: ListQueueTagsRequest) => listQueueTags(store.byUrl(input.QueueUrl)),
    AddPermission: (input: AddPermissionRequest) =>
      addPermission(store, store.byUrl(input.QueueUrl), input),
    RemovePermission: (input: RemovePermissionRequest) =>
      removePermission(store, store.byUrl(input.QueueUrl), input),
    ListDeadLetterSourceQueues: (input: ListDeadLetterSourceQueuesRequest) =>
      store.listSources(input),
    StartMessageMoveTask: (input: StartMessageMoveTaskRequest) => moves.start(input),
    CancelMessageMoveTask: (input: CancelMessageMoveTaskRequest) => moves.cancel(input),
    ListMessageMoveTasks: (input: ListMessageMoveTasksRequest) => moves.list(input),
    CreateQueue: (input: CreateQueueRequest) => store.create(input),
    GetQueueUrl: (input: GetQueueUrlRequest) => store.getUrl(input),
    ListQueues: (input: ListQueuesRequest) => store.list(input),
    DeleteQueue: (input: DeleteQueueRequest) => store.delete(store.byUrl(input.QueueUrl)),
    GetQueueAttributes: (input: GetQueueAttributesRequest) =>
      getQueueAttributes(store.byUrl(input.QueueUrl), input),
    SetQueueAttributes: (input: SetQueueAttributesRequest) =>
      setQueueAttributes(store, store.byUrl(input.QueueUrl), input),
    PurgeQueue: (input: PurgeQueueRequest) =>
      purgeQueue(store, store.byUrl(input.QueueUrl), clock.now()),
  });
}

function messageActions(
  store: QueueStore,
  { clock, accountId }: SqsOptions,
): Record<string, Action> {
  return actions({
    SendMessage: (input: SendMessageRequest) =>
      sendMessage(store.byUrl(input.QueueUrl), input, accountId),
    SendMessageBatch: (input: SendMessageBatchRequest) =>
      sendMessageBatch(store.byUrl(input.QueueUrl), input, accountId),
    ReceiveMessage: (input: ReceiveMessageRequest, caller: Caller) =>
      receiveMessage(clock, store.byUrl(input.QueueUrl), input, caller),
    DeleteMessage: (input: DeleteMessageRequest) =>
      deleteMessage(store.byUrl(input.QueueUrl), input),
    DeleteMessageBatch: (input: DeleteMessageBatchRequest) =>
      deleteMessageBatch(store.byUrl(input.QueueUrl), input),
    ChangeMessageVisibility: (input: ChangeMessageVisibilityRequest) =>
      changeMessageVisibility(store.byUrl(input.QueueUrl), input),
    ChangeMessageVisibilityBatch: (input: ChangeMessageVisibilityBatchRequest) =>
      changeMessageVisibilityBatch(store.byUrl(input.QueueUrl), input),
  });
}
