import { randomUUID } from 'node:crypto';
import type {
  CreateTopicInput,
  CreateTopicResponse,
  GetTopicAttributesResponse,
  ListTopicsInput,
  ListTopicsResponse,
} from '@aws-sdk/client-sns';
import { type KeptMaps, unkeptMaps } from '../../core/kept-maps.ts';
import { pageOf } from '../../core/page-of.ts';
import { Deduplications, type KeptDeduplication } from '../deduplication.ts';
import { deliveryPolicyOf, policyOf } from './default-policies.ts';
import { fifoAttributes, isFifoSetting, isFifoTopic } from './fifo-topic.ts';
import type { MessageFilter } from './filter-policy.ts';
import { invalidParameter, invalidToken, notFound } from './sns-errors.ts';

/** Somebody who wants a topic's messages. */
export interface TopicSubscription extends MessageFilter {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Hands the message on as it is, without SNS's envelope. */
  readonly isRaw: boolean;
  /** Queue for what cannot be delivered. */
  readonly deadLetterArn: string | undefined;
}

/** A topic and who wants its messages. */
export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly subscriptions: ReadonlyMap<string, TopicSubscription>;
}

/** Lists of topics and subscriptions come in pages of a hundred. */
export const PAGE_LENGTH = 100;

const TOPIC_ATTRIBUTES = [
  'DisplayName',
  'Policy',
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
];

/** Whether a caller may set an attribute of a topic. */
export function isSettable(attribute: string): boolean {
  return TOPIC_ATTRIBUTES.includes(attribute) || isFifoSetting(attribute);
}

/** All topics of the account. */
export class TopicStore {
  readonly #topics: Map<string, Topic>;
  readonly #kept: Map<string, KeptDeduplication>;
  readonly #deduplications = new Map<string, Deduplications>();
  readonly #accountId: string;
  readonly #prefix: string;

  constructor({
    region,
    accountId,
    maps = unkeptMaps,
  }: {
    readonly region: string;
    readonly accountId: string;
    readonly maps?: KeptMaps | undefined;
  }) {
    this.#topics = maps.map('sns/topics');
    this.#kept = maps.map('sns/deduplications');
    this.#accountId = accountId;
    this.#prefix = `arn:aws:sns:${region}:${accountId}:`;
  }

  /**
   * Creates a topic, or returns the one of that name.
   * @throws {AwsError} `InvalidParameterException` for a wrong name, or an unknown attribute.
   */
  create({ Name, Attributes, Tags = [] }: CreateTopicInput): CreateTopicResponse {
    const attributes: Record<string, string> = Attributes ?? {};
    if (Name === undefined) throw invalidParameter('Topic Name');
    const settings = fifoAttributes(Name, attributes);
    const isNamed = isFifoTopic(attributes) || /^[\w-]{1,256}$/.test(Name);
    if (!isNamed) throw invalidParameter('Topic Name');
    const unknown = Object.keys(attributes).find(
      (name) => name !== 'FifoTopic' && !isSettable(name),
    );
    if (unknown !== undefined)
      throw invalidParameter(`Attributes Reason: Unknown attribute ${unknown}`);
    const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    return { TopicArn: this.add(Name, settings, tags).arn };
  }

  /** Takes a topic in, in place of the one of its ARN. */
  put(topic: Topic): void {
    this.#topics.set(topic.arn, topic);
  }

  /** Adds a topic, or returns the one of that name. */
  add(
    name: string,
    attributes: Readonly<Record<string, string>> = {},
    tags: Readonly<Record<string, string>> = {},
  ): Topic {
    const arn = this.#prefix + name;
    const known = this.#topics.get(arn);
    if (known !== undefined) return known;
    const topic = { name, arn, attributes, tags, subscriptions: new Map() };
    this.#topics.set(arn, topic);
    return topic;
  }

  /** Adds a subscription to its topic, or changes it. */
  putSubscription(topic: Topic, subscription: TopicSubscription): void {
    const subscriptions = new Map(topic.subscriptions).set(subscription.arn, subscription);
    this.#topics.set(topic.arn, { ...topic, subscriptions });
  }

  /** Takes a subscription away, where it is there. */
  removeSubscription(arn: string): void {
    for (const topic of this.all().filter(({ subscriptions }) => subscriptions.has(arn))) {
      const left = [...topic.subscriptions].filter(([key]) => key !== arn);
      this.#topics.set(topic.arn, { ...topic, subscriptions: new Map(left) });
    }
  }

  /** @throws {AwsError} `NotFoundException`, or `InvalidParameterException` for what is no ARN. */
  byArn(arn: string | undefined): Topic {
    const elements = (arn ?? '').split(':').length;
    if (arn === undefined || elements < 6) {
      throw invalidParameter(
        `TopicArn Reason: An ARN must have at least 6 elements, not ${elements}`,
      );
    }
    const topic = this.#topics.get(arn);
    if (topic === undefined) throw notFound('Topic');
    return topic;
  }

  delete(arn: string | undefined): object {
    if (arn !== undefined) this.deduplicationsOf(arn).clear();
    // AWS: deleting a topic that is gone is no error.
    if (arn !== undefined) this.#topics.delete(arn);
    return {};
  }

  /** Every topic in the order of creation. */
  all(): Topic[] {
    return [...this.#topics.values()];
  }

  list({ NextToken }: ListTopicsInput): ListTopicsResponse {
    const { members, next } = pageOf(this.all(), PAGE_LENGTH, NextToken, invalidToken);
    return {
      Topics: members.map(({ arn }) => ({ TopicArn: arn })),
      ...(next !== undefined && { NextToken: next }),
    };
  }

  attributesOf(arn: string | undefined): GetTopicAttributesResponse {
    const topic = this.byArn(arn);
    return {
      Attributes: {
        DisplayName: '',
        Policy: policyOf(topic, this.#accountId),
        EffectiveDeliveryPolicy: JSON.stringify(deliveryPolicyOf(topic)),
        ...topic.attributes,
        TopicArn: topic.arn,
        Owner: this.#accountId,
        SubscriptionsConfirmed: String(topic.subscriptions.size),
        SubscriptionsPending: '0',
        SubscriptionsDeleted: '0',
      },
    };
  }

  /** What a FIFO topic has taken within five minutes. */
  deduplicationsOf(arn: string): Deduplications {
    const known = this.#deduplications.get(arn) ?? new Deduplications(this.#kept, arn);
    this.#deduplications.set(arn, known);
    return known;
  }

  /** A fresh ARN for a subscription. */
  subscriptionArn(topic: Topic): string {
    return `${topic.arn}:${randomUUID()}`;
  }

  get accountId(): string {
    return this.#accountId;
  }
}
