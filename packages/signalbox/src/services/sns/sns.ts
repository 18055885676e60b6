import type {
  AddPermissionInput,
  CreateTopicInput,
  DeleteTopicInput,
  GetSubscriptionAttributesInput,
  GetTopicAttributesInput,
  ListSubscriptionsByTopicInput,
  ListSubscriptionsInput,
  ListTagsForResourceRequest,
  ListTopicsInput,
  PublishBatchInput,
  PublishInput,
  RemovePermissionInput,
  SetSubscriptionAttributesInput,
  SetTopicAttributesInput,
  SubscribeInput,
  TagResourceRequest,
  UnsubscribeInput,
  UntagResourceRequest,
} from '@aws-sdk/client-sns';
import type { OnBug } from '../../core/bugs/own-promise.ts';
import type { Clock } from '../../core/clock.ts';
import type { KeptMaps } from '../../core/kept-maps.ts';
import { type Action, actions, type Service, type ServiceCall } from '../../core/service.ts';
import { createSequence } from '../sequence-number.ts';
import { createDeliveries, type Undelivered, type WouldBeSent } from './deliver.ts';
import { fifoAttributes } from './fifo-topic.ts';
import { type PublishOptions, publish, publishBatch } from './publish.ts';
import {
  getSubscriptionAttributes,
  listSubscriptions,
  listSubscriptionsByTopic,
  setSubscriptionAttributes,
  subscribe,
  unsubscribe,
} from './subscriptions.ts';
import {
  addTopicPermission,
  listTopicTags,
  removeTopicPermission,
  setTopicAttributes,
  tagTopic,
  untagTopic,
} from './topic-settings.ts';
import { TopicStore } from './topics.ts';

/** Amazon SNS's topics. */
export interface Sns {
  readonly service: Service;
  /** Adds a topic of the template; one of that name keeps its subscriptions and gains the new ones. */
  createTopic(topic: {
    readonly name: string;
    readonly attributes?: Readonly<Record<string, string>>;
    readonly subscriptions: readonly {
      readonly protocol: string;
      readonly endpoint: string;
      readonly attributes: Readonly<Record<string, string>>;
    }[];
  }): void;
  /** Messages that AWS would have sent out of the account: e-mails, HTTP requests, text messages. */
  readonly sent: readonly WouldBeSent[];
  /** Messages that a queue or function refused. */
  readonly undelivered: readonly Undelivered[];
}

/** SNS's clock, Region and account; deliveries go out through `call`. */
export interface SnsOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly call: ServiceCall;
  readonly onBug: OnBug;
  readonly maps?: KeptMaps;
}

/** Makes Amazon SNS. */
export function createSns({ clock, region, accountId, call, onBug, maps }: SnsOptions): Sns {
  const store = new TopicStore({ region, accountId, maps });
  const deliveries = createDeliveries(call, clock, onBug);
  return {
    service: {
      name: 'sns',
      client: '@aws-sdk/client-sns',
      actions: {
        ...topicActions({ store, deliveries, clock, nextSequence: createSequence(clock) }),
        ...subscriptionActions(store),
      },
    },
    createTopic({ name, attributes = {}, subscriptions }) {
      const { arn } = store.add(name, fifoAttributes(name, attributes));
      for (const { protocol: Protocol, endpoint: Endpoint, attributes } of subscriptions) {
        subscribe(store, { TopicArn: arn, Protocol, Endpoint, Attributes: { ...attributes } });
      }
    },
    sent: deliveries.sent,
    undelivered: deliveries.undelivered,
  };
}

function topicActions(parts: PublishOptions): Record<string, Action> {
  const { store } = parts;
  return actions({
    CreateTopic: (input: CreateTopicInput) => store.create(input),
    DeleteTopic: (input: DeleteTopicInput) => store.delete(input.TopicArn),
    SetTopicAttributes: (input: SetTopicAttributesInput) => setTopicAttributes(store, input),
    TagResource: (input: TagResourceRequest) => tagTopic(store, input),
    UntagResource: (input: UntagResourceRequest) => untagTopic(store, input),
    ListTagsForResource: (input: ListTagsForResourceRequest) => listTopicTags(store, input),
    AddPermission: (input: AddPermissionInput) => addTopicPermission(store, input),
    RemovePermission: (input: RemovePermissionInput) => removeTopicPermission(store, input),
    ListTopics: (input: ListTopicsInput) => store.list(input),
    GetTopicAttributes: (input: GetTopicAttributesInput) => store.attributesOf(input.TopicArn),
    Publish: (input: PublishInput) => publish(parts, input),
    PublishBatch: (input: PublishBatchInput) => publishBatch(parts, input),
  });
}

function subscriptionActions(store: TopicStore): Record<string, Action> {
  return actions({
    Subscribe: (input: SubscribeInput) => subscribe(store, input),
    Unsubscribe: (input: UnsubscribeInput) => unsubscribe(store, input.SubscriptionArn),
    ListSubscriptions: (input: ListSubscriptionsInput) => listSubscriptions(store, input),
    ListSubscriptionsByTopic: (input: ListSubscriptionsByTopicInput) =>
      listSubscriptionsByTopic(store, input),
    GetSubscriptionAttributes: (input: GetSubscriptionAttributesInput) =>
      getSubscriptionAttributes(store, input.SubscriptionArn),
    SetSubscriptionAttributes: (input: SetSubscriptionAttributesInput) =>
      setSubscriptionAttributes(store, input),
  });
}
