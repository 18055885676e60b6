import { checkKeys } from '../check-keys.ts';
import {
  listNode,
  type MapEntry,
  mapNode,
  type Node,
  textNode,
  textOf,
  valueAt,
} from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import { allowDocument, generate, getAttNode, inlinePolicy, trustOf } from './generate.ts';

/** An event of type ScheduleV2 of a function or state machine. */
export interface ScheduleEvent {
  readonly owner: Resource;
  readonly event: MapEntry;
  readonly targetArn: Node;
  /** The action on the target that the schedule's role allows, such as `states:StartExecution`. */
  readonly action: string;
  /** Ends the name of the policy that allows it, such as `StartExecutionPolicy`. */
  readonly policySuffix: string;
}

/** Properties that go to `AWS::Scheduler::Schedule` as they are. */
const PASSED = [
  'Description',
  'EndDate',
  'GroupName',
  'KmsKeyArn',
  'ScheduleExpression',
  'ScheduleExpressionTimezone',
  'StartDate',
  'State',
];

const KEYS = [
  ...PASSED,
  'DeadLetterConfig',
  'FlexibleTimeWindow',
  'Input',
  'Name',
  'OmitName',
  'PermissionsBoundary',
  'RetryPolicy',
  'RoleArn',
];

/**
 * Generates the schedule `<LogicalId><Event>` of EventBridge Scheduler, and the role and dead-letter
 * queue that SAM makes for it.
 */
export function scheduleEvent(scheduled: ScheduleEvent, report: Report): readonly Resource[] {
  const { owner, event, targetArn } = scheduled;
  const { place } = event;
  const id = owner.logicalId + event.key;
  const what = `${owner.logicalId} event ${event.key}`;
  const properties = valueAt(event.value, 'Properties');
  const given = (name: string): Node | undefined => valueAt(properties, name);
  checkKeys(properties, { what, known: KEYS }, report);
  if (given('ScheduleExpression') === undefined) {
    report.at(place, `${what} needs a ScheduleExpression`);
  }
  const queue = deadLetters(scheduled, id, given('DeadLetterConfig'), report);
  const role = given('RoleArn') === undefined ? scheduleRole(scheduled, id, queue.arn) : undefined;
  const passed = Object.fromEntries(PASSED.map((name) => [name, given(name)]));
  const schedule = generate(
    owner,
    id,
    'AWS::Scheduler::Schedule',
    {
      ...passed,
      Name: nameOf(id, what, properties, place, report),
      FlexibleTimeWindow:
        given('FlexibleTimeWindow') ?? mapNode({ Mode: textNode('OFF', place) }, place),
      Target: mapNode(
        {
          Arn: targetArn,
          RoleArn: role === undefined ? given('RoleArn') : getAttNode(role.logicalId, 'Arn', place),
          Input: given('Input'),
          RetryPolicy: given('RetryPolicy'),
          DeadLetterConfig: queue.arn && mapNode({ Arn: queue.arn }, place),
        },
        place,
      ),
    },
    place,
  );
  return [schedule, ...queue.resources, ...(role === undefined ? [] : [role])];
}

/** SAM: the logical id is the name, unless another is given or OmitName leaves it to CloudFormation. */
function nameOf(
  id: string,
  what: string,
  properties: Node | undefined,
  place: MapEntry['place'],
  report: Report,
): Node | undefined {
  const name = valueAt(properties, 'Name');
  if (textOf(valueAt(properties, 'OmitName')) !== 'true') return name ?? textNode(id, place);
  if (name !== undefined) {
    report.at(name.place, `${what}: Name cannot be set when OmitName is True`);
  }
  return undefined;
}

function scheduleRole(
  { owner, event, targetArn, action, policySuffix }: ScheduleEvent,
  id: string,
  queueArn: Node | undefined,
): Resource {
  const { place } = event;
  const policies = [
    inlinePolicy(`${id}${policySuffix}`, allowDocument([action], targetArn, place), place),
    ...(queueArn === undefined
      ? []
      : [
          inlinePolicy(
            `${id}SQSPolicy`,
            allowDocument(['sqs:SendMessage'], queueArn, place),
            place,
          ),
        ]),
  ];
  return generate(
    owner,
    `${id}Role`,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: trustOf('scheduler.amazonaws.com', place),
      Policies: listNode(policies, place),
    },
    place,
  );
}

/** SAM: a queue without a policy, since the role is what sends to it. */
function deadLetters(
  { owner, event }: ScheduleEvent,
  id: string,
  config: Node | undefined,
  report: Report,
): { readonly arn: Node | undefined; readonly resources: readonly Resource[] } {
  if (config === undefined) return { arn: undefined, resources: [] };
  const what = `DeadLetterConfig of event ${event.key}`;
  checkKeys(config, { what, known: ['Arn', 'Type', 'QueueLogicalId'] }, report);
  const arn = valueAt(config, 'Arn');
  const type = textOf(valueAt(config, 'Type'));
  if ((arn === undefined) === (type === undefined)) {
    report.at(config.place, `${what} needs either an Arn or a Type`);
  } else if (type !== undefined && type !== 'SQS') {
    report.at(
      config.place,
      `${what}: The only valid value for 'Type' property of DeadLetterConfig is 'SQS'`,
    );
  }
  if (arn !== undefined || type !== 'SQS') return { arn, resources: [] };
  const queueId = textOf(valueAt(config, 'QueueLogicalId')) ?? `${id}Queue`;
  return {
    arn: getAttNode(queueId, 'Arn', config.place),
    resources: [generate(owner, queueId, 'AWS::SQS::Queue', {}, config.place)],
  };
}
