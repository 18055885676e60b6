import type {
  GetSubscriptionAttributesResponse,
  ListSubscriptionsByTopicInput,
  ListSubscriptionsInput,
  ListSubscriptionsResponse,
  SetSubscriptionAttributesInput,
  SubscribeInput,
  SubscribeResponse,
  Subscription,
} from '@aws-sdk/client-sns';
import { isElsewhere, placeOfArn } from '../../core/in-region.ts';
import { isJsonObject, parseJson } from '../../core/json.ts';
import { pageOf } from '../../core/page-of.ts';
import { checkSubscriber } from './fifo-topic.ts';
import { type MessageFilter, readFilterPolicy, readFilterPolicyScope } from './filter-policy.ts';
import { invalidParameter, invalidToken, notFound } from './sns-errors.ts';
import { PAGE_LENGTH, type Topic, type TopicStore, type TopicSubscription } from './topics.ts';

const PROTOCOLS = [
  'sqs',
  'lambda',
  'email',
  'email-json',
  'http',
  'https',
  'sms',
  'firehose',
  'application',
];

/**
 * Subscribes an endpoint; the same endpoint again returns its subscription. Nobody has to confirm:
 * what the rehearsal does not send needs no consent.
 * @throws {AwsError} For an unknown protocol, or an attribute that is not rehearsed.
 */
export function subscribe(store: TopicStore, input: SubscribeInput): SubscribeResponse {
  const topic = store.byArn(input.TopicArn);
  const { Protocol, Endpoint } = input;
  if (Protocol === undefined || !PROTOCOLS.includes(Protocol)) {
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${Protocol}`);
  }
  checkEndpoint(Protocol, Endpoint ?? '');
  checkSubscriber(topic, Protocol, Endpoint ?? '');
  const settings = readAttributes(input.Attributes ?? {}, topic);
  const same = [...topic.subscriptions.values()].find(
    ({ protocol, endpoint }) => protocol === Protocol && endpoint === Endpoint,
  );
  const arn = same?.arn ?? store.subscriptionArn(topic);
  const added = { arn, topicArn: topic.arn, protocol: Protocol, endpoint: Endpoint ?? '' };
  store.putSubscription(topic, { isRaw: false, deadLetterArn: undefined, ...added, ...settings });
  return { SubscriptionArn: arn };
}

/** What an endpoint looks like, where SNS checks it, and how it is called in the refusal. */
const ENDPOINTS: ReadonlyMap<string, readonly [RegExp, string]> = new Map([
  ['sqs', [/^arn:aws[\w-]*:sqs:[\w-]+:\d{12}:[\w.-]+$/, 'SQS endpoint ARN']],
  ['lambda', [/^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:\S+$/, 'Lambda endpoint ARN']],
  ['http', [/^http:\/\/\S+$/, 'Endpoint must match the specified protocol']],
  ['https', [/^https:\/\/\S+$/, 'Endpoint must match the specified protocol']],
  ['email', [/^\S+@\S+$/, 'Email address']],
  ['email-json', [/^\S+@\S+$/, 'Email address']],
]);

function checkEndpoint(protocol: string, endpoint: string): void {
  const [form, name] = ENDPOINTS.get(protocol) ?? [/./, 'Endpoint'];
  if (!form.test(endpoint)) throw invalidParameter(endpoint === '' ? 'Endpoint' : name);
}

type Settings = Partial<Pick<TopicSubscription, 'isRaw' | 'deadLetterArn' | keyof MessageFilter>>;

function readAttributes(attributes: Readonly<Record<string, string>>, topic: Topic): Settings {
  return Object.assign(
    {},
    ...Object.entries(attributes).map(([name, value]) => readAttribute(name, value, topic)),
  );
}

function readAttribute(name: string, value: string, topic: Topic): Settings {
  if (name === 'RawMessageDelivery') return { isRaw: value.toLowerCase() === 'true' };
  if (name === 'RedrivePolicy') return { deadLetterArn: readDeadLetterArn(value, topic) };
  if (name === 'FilterPolicy') return { filterPolicy: readFilterPolicy(value) };
  if (name === 'FilterPolicyScope') return { filterPolicyScope: readFilterPolicyScope(value) };
  throw invalidParameter(`AttributeName Reason: ${name} is not rehearsed`);
}

function readDeadLetterArn(text: string, topic: Topic): string | undefined {
  if (text === '') return undefined;
  const policy = parseJson(text);
  const arn = isJsonObject(policy) ? policy['deadLetterTargetArn'] : undefined;
  if (typeof arn !== 'string') throw invalidParameter('RedrivePolicy: failed to parse JSON.');
  const { region } = placeOfArn(topic.arn);
  if (!isElsewhere(arn, region)) return arn;
  // AWS: "must be under the same AWS account and Region"; the sentence is ours.
  throw invalidParameter(
    `RedrivePolicy: ${arn} is not in the Region of the subscription, ${region}`,
  );
}

/** Ends a subscription; ending one that is gone is no error. */
export function unsubscribe(store: TopicStore, arn: string | undefined): object {
  store.removeSubscription(arn ?? '');
  return {};
}

/** Changes one attribute of a subscription. */
export function setSubscriptionAttributes(
  store: TopicStore,
  { SubscriptionArn, AttributeName, AttributeValue }: SetSubscriptionAttributesInput,
): object {
  const { topic, subscription } = find(store, SubscriptionArn);
  const changes = readAttribute(AttributeName ?? '', AttributeValue ?? '', topic);
  store.putSubscription(topic, { ...subscription, ...changes });
  return {};
}

/** Returns a subscription's attributes. */
export function getSubscriptionAttributes(
  store: TopicStore,
  arn: string | undefined,
): GetSubscriptionAttributesResponse {
  const { subscription } = find(store, arn);
  const { deadLetterArn, filterPolicy, filterPolicyScope } = subscription;
  return {
    Attributes: {
      SubscriptionArn: subscription.arn,
      TopicArn: subscription.topicArn,
      Protocol: subscription.protocol,
      Endpoint: subscription.endpoint,
      Owner: store.accountId,
      RawMessageDelivery: String(subscription.isRaw),
      PendingConfirmation: 'false',
      ...(filterPolicy !== undefined && {
        FilterPolicy: filterPolicy,
        FilterPolicyScope: filterPolicyScope ?? 'MessageAttributes',
      }),
      ...(deadLetterArn !== undefined && {
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterArn }),
      }),
    },
  };
}

function find(
  store: TopicStore,
  arn: string | undefined,
): { readonly topic: Topic; readonly subscription: TopicSubscription } {
  for (const topic of store.all()) {
    const subscription = topic.subscriptions.get(arn ?? '');
    if (subscription !== undefined) return { topic, subscription };
  }
  throw notFound('Subscription');
}

/** Lists every subscription of the account. */
export function listSubscriptions(
  store: TopicStore,
  { NextToken }: ListSubscriptionsInput,
): ListSubscriptionsResponse {
  const all = store.all().flatMap(({ subscriptions }) => [...subscriptions.values()]);
  return toPage(store, all, NextToken);
}

/** Lists a topic's subscriptions. */
export function listSubscriptionsByTopic(
  store: TopicStore,
  { TopicArn, NextToken }: ListSubscriptionsByTopicInput,
): ListSubscriptionsResponse {
  return toPage(store, [...store.byArn(TopicArn).subscriptions.values()], NextToken);
}

function toPage(
  store: TopicStore,
  all: readonly TopicSubscription[],
  token: string | undefined,
): ListSubscriptionsResponse {
  const { members, next } = pageOf(all, PAGE_LENGTH, token, invalidToken);
  const toSubscription = (subscription: TopicSubscription): Subscription => ({
    SubscriptionArn: subscription.arn,
    Owner: store.accountId,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    TopicArn: subscription.topicArn,
  });
  return {
    Subscriptions: members.map(toSubscription),
    ...(next !== undefined && { NextToken: next }),
  };
}
