import { checkKeys } from '../check-keys.ts';
import {
  listNode,
  type MapEntry,
  mapNode,
  type Node,
  type NodePlace,
  textNode,
  textOf,
  valueAt,
} from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import { allowDocument, generate, getAttNode, refNode } from './generate.ts';

/** An event of a function or state machine that becomes a rule. */
export interface RuleEvent {
  readonly owner: Resource;
  readonly event: MapEntry;
  readonly targetArn: Node;
  /** The role that the target is called with, where one is. */
  readonly roleArn: Node | undefined;
  /** Ends the target's id, such as `LambdaTarget`. */
  readonly targetSuffix: string;
}

const PATTERN_KEYS = [
  'DeadLetterConfig',
  'Enabled',
  'EventBusName',
  'Input',
  'InputPath',
  'InputTransformer',
  'Pattern',
  'RetryPolicy',
  'RuleName',
  'State',
  'Target',
];

const SCHEDULE_KEYS = [
  'DeadLetterConfig',
  'Description',
  'Enabled',
  'Input',
  'Name',
  'RetryPolicy',
  'RoleArn',
  'Schedule',
  'State',
  'Target',
];

/** Generates the rule `<LogicalId><Event>`, and the dead-letter queue where SAM makes one. */
export function eventRule(ruleEvent: RuleEvent, report: Report): readonly Resource[] {
  const { owner, event } = ruleEvent;
  const { place } = event;
  const ruleId = owner.logicalId + event.key;
  const properties = valueAt(event.value, 'Properties');
  const isSchedule = textOf(valueAt(event.value, 'Type')) === 'Schedule';
  checkEvent(ruleEvent, properties, isSchedule, report);

  const deadLetters = deadLetterArn(
    ruleId,
    ruleEvent,
    valueAt(properties, 'DeadLetterConfig'),
    report,
  );
  const rule = generate(
    owner,
    ruleId,
    'AWS::Events::Rule',
    {
      Name: valueAt(properties, isSchedule ? 'Name' : 'RuleName'),
      EventBusName: valueAt(properties, 'EventBusName'),
      EventPattern: valueAt(properties, 'Pattern'),
      ScheduleExpression: valueAt(properties, 'Schedule'),
      State: stateOf(properties, ruleId, report),
      Targets: listNode([targetOf(ruleEvent, ruleId, properties, deadLetters.arn)], place),
    },
    place,
  );
  return [rule, ...deadLetters.resources];
}

function checkEvent(
  { owner, event }: RuleEvent,
  properties: Node | undefined,
  isSchedule: boolean,
  report: Report,
): void {
  const what = `${owner.logicalId} event ${event.key}`;
  checkKeys(properties, { what, known: isSchedule ? SCHEDULE_KEYS : PATTERN_KEYS }, report);
  checkKeys(valueAt(properties, 'Target'), { what: `${what} Target`, known: ['Id'] }, report);
  const wanted = isSchedule ? 'Schedule' : 'Pattern';
  if (valueAt(properties, wanted) === undefined)
    report.at(event.place, `${what} needs a ${wanted}`);
}

function stateOf(properties: Node | undefined, ruleId: string, report: Report): Node | undefined {
  const state = valueAt(properties, 'State');
  const enabled = valueAt(properties, 'Enabled');
  if (state !== undefined && enabled !== undefined) {
    report.at(enabled.place, `${ruleId}: State and Enabled Properties cannot both be specified`);
  }
  if (enabled === undefined) return state;
  return textNode(textOf(enabled) === 'false' ? 'DISABLED' : 'ENABLED', enabled.place);
}

function targetOf(
  { event, targetArn, roleArn, targetSuffix }: RuleEvent,
  ruleId: string,
  properties: Node | undefined,
  deadLetters: Node | undefined,
): Node {
  const { place } = event;
  // AWS: a target's id has 64 characters at most.
  const id = `${ruleId.slice(0, 64 - targetSuffix.length)}${targetSuffix}`;
  return mapNode(
    {
      Arn: targetArn,
      Id: valueAt(valueAt(properties, 'Target'), 'Id') ?? textNode(id, place),
      RoleArn: roleArn,
      Input: valueAt(properties, 'Input'),
      InputPath: valueAt(properties, 'InputPath'),
      InputTransformer: valueAt(properties, 'InputTransformer'),
      DeadLetterConfig: deadLetters && mapNode({ Arn: deadLetters }, place),
      RetryPolicy: valueAt(properties, 'RetryPolicy'),
    },
    place,
  );
}

interface DeadLetters {
  readonly arn: Node | undefined;
  readonly resources: readonly Resource[];
}

function deadLetterArn(
  ruleId: string,
  ruleEvent: RuleEvent,
  config: Node | undefined,
  report: Report,
): DeadLetters {
  if (config === undefined) return { arn: undefined, resources: [] };
  const { key } = ruleEvent.event;
  // SAM ignores other keys silently: with Type SQS, a Destination is dropped for a new queue.
  const what = `DeadLetterConfig of event ${key}`;
  checkKeys(
    config,
    {
      what,
      known: ['Arn', 'Type', 'QueueLogicalId'],
      refused: {
        Destination: "SAM ignores it and makes a queue of its own: write Arn with the queue's ARN",
      },
    },
    report,
  );
  const arn = valueAt(config, 'Arn');
  const type = valueAt(config, 'Type');
  if (arn !== undefined && type !== undefined) {
    report.at(
      config.place,
      `${what}: You can either define 'Arn' or 'Type' property of DeadLetterConfig`,
    );
  } else if (arn === undefined && type === undefined) {
    report.at(config.place, `${what}: No 'Arn' or 'Type' property provided for DeadLetterConfig`);
  } else if (type !== undefined && textOf(type) !== 'SQS') {
    report.at(
      type.place,
      `${what}: The only valid value for 'Type' property of DeadLetterConfig is 'SQS'`,
    );
  }
  if (arn !== undefined || textOf(type) !== 'SQS') return { arn, resources: [] };
  return generatedQueue(ruleId, ruleEvent, textOf(valueAt(config, 'QueueLogicalId')), config.place);
}

function generatedQueue(
  ruleId: string,
  { owner }: RuleEvent,
  queueLogicalId: string | undefined,
  place: NodePlace,
): DeadLetters {
  const queueId = queueLogicalId ?? `${ruleId}Queue`;
  const arn = getAttNode(queueId, 'Arn', place);
  const document = allowDocument(['sqs:SendMessage'], arn, place, {
    Principal: mapNode({ Service: textNode('events.amazonaws.com', place) }, place),
    Condition: mapNode(
      { ArnEquals: mapNode({ 'aws:SourceArn': getAttNode(ruleId, 'Arn', place) }, place) },
      place,
    ),
  });
  const policy = {
    PolicyDocument: document,
    Queues: listNode([refNode(queueId, place)], place),
  };
  return {
    arn,
    resources: [
      generate(owner, queueId, 'AWS::SQS::Queue', {}, place),
      generate(owner, `${ruleId}QueuePolicy`, 'AWS::SQS::QueuePolicy', policy, place),
    ],
  };
}
