import type { ScheduleResource, ScheduleTargetResource } from '../app.ts';
import { checkKeys } from '../check-keys.ts';
import { arnOf } from '../stack.ts';
import type { PropertyReader } from './property-reader.ts';
import type { Reading, ResourceType } from './resource-type.ts';
import { refuseElsewhere } from './same-region.ts';

const DEFAULT_RETRY_ATTEMPTS = 185;
const DEFAULT_EVENT_AGE_SECONDS = 86_400;

const TARGET_KEYS = [
  'Arn',
  'DeadLetterConfig',
  'EventBridgeParameters',
  'Input',
  'RetryPolicy',
  'RoleArn',
  'SqsParameters',
];

export const scheduleGroup: ResourceType = {
  type: 'AWS::Scheduler::ScheduleGroup',
  nameProperty: 'Name',
  maxNameLength: 64,
  supported: ['Name'],
  inert: ['Tags'],
  identify: ({ name, stack }) => ({
    physicalId: name,
    ref: name,
    attributes: { Arn: arnOf(stack, 'scheduler', `schedule-group/${name}`), State: 'ACTIVE' },
  }),
  read: ({ resource, name, identity }) => ({
    scheduleGroups: [
      { logicalId: resource.logicalId, name, arn: identity.attributes['Arn'] ?? '' },
    ],
  }),
};

export const schedule: ResourceType = {
  type: 'AWS::Scheduler::Schedule',
  nameProperty: 'Name',
  maxNameLength: 64,
  supported: [
    'EndDate',
    'FlexibleTimeWindow',
    'GroupName',
    'Name',
    'ScheduleExpression',
    'ScheduleExpressionTimezone',
    'StartDate',
    'State',
    'Target',
  ],
  inert: ['Description', 'KmsKeyArn'],
  identify: ({ name, stack, text }) => {
    const group = text('GroupName') ?? 'default';
    const Arn = arnOf(stack, 'scheduler', `schedule/${group}/${name}`);
    return { physicalId: name, ref: name, attributes: { Arn } };
  },
  read: (reading) => ({ schedules: [readSchedule(reading)] }),
};

function readSchedule(reading: Reading): ScheduleResource {
  const { resource, name, properties, report } = reading;
  const { logicalId, place } = resource;
  const groupName = properties.text('GroupName') ?? 'default';
  const window = properties.map('FlexibleTimeWindow');
  if (!properties.has('FlexibleTimeWindow')) {
    properties.refuse(
      'FlexibleTimeWindow',
      'it needs a FlexibleTimeWindow, such as { Mode: "OFF" }',
    );
  }
  const mode = window.choice('Mode', ['OFF', 'FLEXIBLE'], 'OFF');
  const minutes = window.number('MaximumWindowInMinutes');
  for (const target of properties.items('Target')) {
    checkKeys(target, { what: `Target of schedule ${logicalId}`, known: TARGET_KEYS }, report);
  }
  const target = readTarget(properties.map('Target'));
  refuseOtherRegions(properties.map('Target'), target, reading.stack);
  return {
    logicalId,
    name,
    arn: arnOf(reading.stack, 'scheduler', `schedule/${groupName}/${name}`),
    groupName,
    description: properties.text('Description'),
    scheduleExpression: properties.requiredText('ScheduleExpression'),
    timeZone: properties.text('ScheduleExpressionTimezone') ?? 'UTC',
    startDate: properties.text('StartDate'),
    endDate: properties.text('EndDate'),
    state: properties.choice('State', ['ENABLED', 'DISABLED'], 'ENABLED'),
    windowMinutes: mode === 'OFF' ? undefined : (minutes ?? 0),
    target,
    place: { file: place.file, line: place.line },
  };
}

function refuseOtherRegions(
  target: PropertyReader,
  { arn, deadLetterArn }: ScheduleTargetResource,
  stack: Reading['stack'],
): void {
  const message = 'its target must be in the Region of the schedule';
  refuseElsewhere(target, 'Arn', arn, stack, message);
  const queue = 'its dead-letter queue must be in the Region of the schedule';
  refuseElsewhere(target.map('DeadLetterConfig'), 'Arn', deadLetterArn, stack, queue);
}

function readTarget(target: PropertyReader): ScheduleTargetResource {
  const retries = target.map('RetryPolicy');
  const event = target.map('EventBridgeParameters');
  return {
    arn: target.requiredText('Arn'),
    roleArn: target.requiredText('RoleArn'),
    input: target.text('Input'),
    deadLetterArn: target.map('DeadLetterConfig').text('Arn'),
    maximumRetryAttempts: retries.number('MaximumRetryAttempts') ?? DEFAULT_RETRY_ATTEMPTS,
    maximumEventAgeSeconds: retries.number('MaximumEventAgeInSeconds') ?? DEFAULT_EVENT_AGE_SECONDS,
    messageGroupId: target.map('SqsParameters').text('MessageGroupId'),
    event: target.has('EventBridgeParameters')
      ? { source: event.requiredText('Source'), detailType: event.requiredText('DetailType') }
      : undefined,
  };
}
