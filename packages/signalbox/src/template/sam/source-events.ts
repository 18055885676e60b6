import { checkKeys } from '../check-keys.ts';
import { type MapEntry, mapNode, textNode, textOf, valueAt } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import { type FunctionEvent, NOTHING, permission } from './function-event.ts';
import { generate, getAttNode, refNode } from './generate.ts';

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
      Endpoint: getAttNode(owner.logicalId, 'Arn', place),
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
    mapNode(
      { Event: wanted, Filter: filter, Function: getAttNode(owner.logicalId, 'Arn', place) },
      place,
    ),
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
  'MaximumBatchingWindowInSeconds',
  'Queue',
  'ScalingConfig',
];

/** Expands an event of type SQS to an event source mapping. */
export function sqsEvent(owner: Resource, event: MapEntry, report: Report): FunctionEvent {
  const properties = valueAt(event.value, 'Properties');
  const what = `${owner.logicalId} event ${event.key}`;
  checkKeys(properties, { what, known: SQS_KEYS }, report);
  const queue = valueAt(properties, 'Queue');
  if (queue === undefined) report.at(event.place, `${what} needs a Queue: the queue's ARN`);
  const mapping = generate(
    owner,
    owner.logicalId + event.key,
    'AWS::Lambda::EventSourceMapping',
    {
      FunctionName: refNode(owner.logicalId, event.place),
      EventSourceArn: queue ?? { kind: 'broken', place: event.place },
      ...Object.fromEntries(
        SQS_KEYS.filter((key) => key !== 'Queue').map((key) => [key, valueAt(properties, key)]),
      ),
    },
    event.place,
  );
  return { ...NOTHING, resources: [mapping], managed: ['AWSLambdaSQSQueueExecutionRole'] };
}
