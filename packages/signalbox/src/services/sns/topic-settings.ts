import type {
  AddPermissionInput,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  RemovePermissionInput,
  SetTopicAttributesInput,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-sns';
import { AwsError } from '../../core/aws-error.ts';
import type { Json } from '../../core/json.ts';
import { hasSid, oneOrMore, statementsIn } from '../../core/policy/statements.ts';
import { policyOf } from './default-policies.ts';
import { fifoAttributes } from './fifo-topic.ts';
import { invalidParameter } from './sns-errors.ts';
import { isSettable, type Topic, type TopicStore } from './topics.ts';

/**
 * Sets one attribute of a topic; an empty value takes it away.
 * @throws {AwsError} `InvalidParameterException` for an attribute that no caller may set.
 */
export function setTopicAttributes(
  store: TopicStore,
  { TopicArn, AttributeName = '', AttributeValue = '' }: SetTopicAttributesInput,
): object {
  const topic = store.byArn(TopicArn);
  if (!isSettable(AttributeName)) throw invalidParameter('AttributeName');
  const { [AttributeName]: _, ...rest } = topic.attributes;
  const attributes = AttributeValue === '' ? rest : { ...rest, [AttributeName]: AttributeValue };
  store.put({ ...topic, attributes: fifoAttributes(topic.name, attributes) });
  return {};
}

/** Adds tags, or gives them another value. @throws {AwsError} `ResourceNotFoundException`. */
export function tagTopic(
  store: TopicStore,
  { ResourceArn, Tags = [] }: TagResourceRequest,
): Record<never, never> {
  const topic = tagged(store, ResourceArn);
  const given = Tags.map(({ Key = '', Value = '' }) => [Key, Value]);
  store.put({ ...topic, tags: { ...topic.tags, ...Object.fromEntries(given) } });
  return {};
}

/** Takes tags away; one that is not there is no error. @throws {AwsError} `ResourceNotFoundException`. */
export function untagTopic(
  store: TopicStore,
  { ResourceArn, TagKeys = [] }: UntagResourceRequest,
): Record<never, never> {
  const topic = tagged(store, ResourceArn);
  const left = Object.entries(topic.tags ?? {}).filter(([key]) => !TagKeys.includes(key));
  store.put({ ...topic, tags: Object.fromEntries(left) });
  return {};
}

/** Lists a topic's tags. @throws {AwsError} `ResourceNotFoundException`. */
export function listTopicTags(
  store: TopicStore,
  { ResourceArn }: ListTagsForResourceRequest,
): ListTagsForResourceResponse {
  const tags = Object.entries(tagged(store, ResourceArn).tags ?? {});
  return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
}

/**
 * Adds a statement to a topic's policy, which is kept and shown, and not examined here.
 * @throws {AwsError} `InvalidParameterException` for a label that is there already.
 */
export function addTopicPermission(store: TopicStore, input: AddPermissionInput): object {
  const { TopicArn, Label = '', AWSAccountId = [], ActionName = [] } = input;
  const topic = store.byArn(TopicArn);
  const { statements } = statementsIn(policyOf(topic, store.accountId));
  if (statements.some((one) => hasSid(one, Label))) {
    throw invalidParameter('Statement already exists');
  }
  const principals = AWSAccountId.map((id) => `arn:aws:iam::${id}:root`);
  const actions = ActionName.map((action) => `SNS:${action}`);
  const statement = {
    Sid: Label,
    Effect: 'Allow',
    Principal: { AWS: oneOrMore(principals) },
    Action: oneOrMore(actions),
    Resource: topic.arn,
  };
  return putStatements(store, topic, [...statements, statement]);
}

/**
 * Takes a statement away.
 * @throws {AwsError} `NotFoundException` for a label that is not there.
 */
export function removeTopicPermission(
  store: TopicStore,
  { TopicArn, Label = '' }: RemovePermissionInput,
): object {
  const topic = store.byArn(TopicArn);
  const { statements } = statementsIn(policyOf(topic, store.accountId));
  const left = statements.filter((one) => !hasSid(one, Label));
  if (left.length === statements.length) {
    throw new AwsError('NotFoundException', `Statement ${Label} does not exist`);
  }
  return putStatements(store, topic, left);
}

function putStatements(store: TopicStore, topic: Topic, Statement: readonly Json[]): object {
  const Policy = JSON.stringify({ Version: '2008-10-17', Id: '__default_policy_ID', Statement });
  store.put({ ...topic, attributes: { ...topic.attributes, Policy } });
  return {};
}

function tagged(store: TopicStore, arn: string | undefined): Topic {
  const topic = store.all().find((one) => one.arn === arn);
  if (topic !== undefined) return topic;
  throw new AwsError('ResourceNotFoundException', 'Resource does not exist');
}
