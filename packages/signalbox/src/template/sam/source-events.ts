import { checkKeys } from '../check-keys.ts';
import { type MapEntry, mapNode, textNode, textOf, valueAt } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import { type FunctionEvent, NOTHING, permission } from './function-event.ts';
import { generate } from './generate.ts';
import { calledArn, calledName } from './published.ts';

const SNS_KEYS = ['FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy', 'Region', 'Topic'];

/** Expands an event of type SNS to a subscription. */
export function snsEvent(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const { place } = event;
  const properties = valueAt(event.value, 'Properties');
  const what = `${owner.logicalId} event ${event.key}`;
  const refused = { SqsSubscription: 'subscribe a queue of your own, and give it an SQS event' };
  checkKeys(properties, { what, known: SNS_KEYS, refused }, report);
  const topic = valueAt(properties, 'Topic');
  if (topic === undefined) report.at(place, `${what} needs a Topic: the topic's ARN`);
  const passed = SNS_KEYS.filter((key) => key !== 'Topic');
  const subscription = generate(
    owner,
    owner.logicalId + event.key,
    'AWS::SNS::Subscription',
    {
      Protocol: textNode('lambda', place),
      Endpoint: calledArn(owner, place),
      TopicArn: topic ?? { kind: 'broken', place },
      ...Object.fromEntries(passed.map((key) => [key, valueAt(properties, key)])),
    },
    place,
  );
  const allowed = permission(owner, event, 'sns.amazonaws.com', topic);
  return { ...NOTHING, resources: [subscription, allowed] };
}

/** SAM writes the notification into the bucket of the template. */
export function s3Event(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const { place } = event;
  const properties = valueAt(event.value, 'Properties');
  const what = `${owner.logicalId} event ${event.key}`;
  checkKeys(properties, { what, known: ['Bucket', 'Events', 'Filter'] }, report);
  const bucket = valueAt(properties, 'Bucket');
  if (bucket === undefined)
    report.at(place, `${what} needs a Bucket: a Ref to one of the template`);
  const bucketId = textOf(valueAt(bucket, 'Ref')) ?? '';
  const events = valueAt(properties, 'Events');
  const filter = valueAt(properties, 'Filter');
  const configurations = (events?.kind === 'list' ? events.items : [events]).map((wanted) =>
    mapNode({ Event: wanted, Filter: filter, Function: calledArn(owner, place) }, place),
  );
  const allowed = permission(owner, event, 's3.amazonaws.com', undefined);
  return {
    ...NOTHING,
    resources: [allowed],
    bucketEvents: [{ bucketId, configurations, owner, place }],
  };
}

const SQS_KEYS = [
  'BatchSize',
  'Enabled',
  'FilterCriteria',
  'FunctionResponseTypes',
  'KmsKeyArn',
  'MaximumBatchingWindowInSeconds',
  'MetricsConfig',
  'ScalingConfig',
];

/** Expands an event of type SQS to an event source mapping. */
export function sqsEvent(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const source = { property: 'Queue', what: "the queue's ARN", keys: SQS_KEYS };
  const mapping = mappingOf(owner, event, source, report);
  return { ...NOTHING, resources: [mapping], managed: ['AWSLambdaSQSQueueExecutionRole'] };
}

const DYNAMODB_KEYS = [
  'BatchSize',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'Enabled',
  'FilterCriteria',
  'FunctionResponseTypes',
  'KmsKeyArn',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'MetricsConfig',
  'ParallelizationFactor',
  'StartingPosition',
  'StartingPositionTimestamp',
  'TumblingWindowInSeconds',
];

/** Expands an event of type DynamoDB to an event source mapping. */
export function dynamoDbEvent(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const what = "the ARN of a table's stream";
  const source = { property: 'Stream', what, keys: DYNAMODB_KEYS };
  const mapping = mappingOf(owner, event, source, report);
  return { ...NOTHING, resources: [mapping], managed: ['AWSLambdaDynamoDBExecutionRole'] };
}

/** What an event source mapping polls, by the words of SAM. */
interface MappingSource {
  /** Such as `Queue`. */
  readonly property: string;
  readonly what: string;
  /** The properties that go into the mapping as they are. */
  readonly keys: readonly string[];
}

function mappingOf(
  owner: Resource,
  event: MapEntry,
  { property, what, keys }: MappingSource,
  report: Report,
): Resource {
  const { place } = event;
  const properties = valueAt(event.value, 'Properties');
  const name = `${owner.logicalId} event ${event.key}`;
  checkKeys(properties, { what: name, known: [property, ...keys] }, report);
  const source = valueAt(properties, property);
  if (source === undefined) report.at(place, `${name} needs a ${property}: ${what}`);
  return generate(
    owner,
    owner.logicalId + event.key,
    'AWS::Lambda::EventSourceMapping',
    {
      FunctionName: calledName(owner, place),
      EventSourceArn: source ?? { kind: 'broken', place },
      ...Object.fromEntries(keys.map((key) => [key, valueAt(properties, key)])),
    },
    place,
  );
}
