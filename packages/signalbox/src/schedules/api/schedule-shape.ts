import type {
  CreateScheduleInput,
  GetScheduleOutput,
  Target,
  UpdateScheduleInput,
} from '@aws-sdk/client-scheduler';
import { isElsewhere } from '../../core/in-region.ts';
import type { ScheduleTargetResource } from '../../template/app.ts';
import type { ScheduleDefinition } from '../schedule.ts';
import type { Scheduler } from '../scheduler.ts';
import { invalid, required } from './refusals.ts';

const DEFAULT_RETRY_ATTEMPTS = 185;
const DEFAULT_EVENT_AGE_SECONDS = 86_400;

/** Reads what CreateSchedule and UpdateSchedule say. @throws {AwsError} ValidationException */
export function definitionOf(
  input: CreateScheduleInput | UpdateScheduleInput,
  { region, accountId }: Scheduler,
): ScheduleDefinition {
  const name = required(input.Name, 'name');
  const groupName = input.GroupName ?? 'default';
  const window = required(input.FlexibleTimeWindow, 'flexibleTimeWindow');
  if (window.Mode === 'FLEXIBLE' && window.MaximumWindowInMinutes === undefined) {
    throw invalid('MaximumWindowInMinutes is required when the FlexibleTimeWindow is FLEXIBLE.');
  }
  if (window.Mode === 'OFF' && window.MaximumWindowInMinutes !== undefined) {
    throw invalid('MaximumWindowInMinutes must not be set when the FlexibleTimeWindow is OFF.');
  }
  return {
    name,
    groupName,
    arn: `arn:aws:scheduler:${region}:${accountId}:schedule/${groupName}/${name}`,
    description: input.Description,
    scheduleExpression: required(input.ScheduleExpression, 'scheduleExpression'),
    timeZone: input.ScheduleExpressionTimezone ?? 'UTC',
    startDate: input.StartDate?.toISOString(),
    endDate: input.EndDate?.toISOString(),
    state: input.State === 'DISABLED' ? 'DISABLED' : 'ENABLED',
    windowMinutes: window.MaximumWindowInMinutes,
    target: inRegion(targetOf(required(input.Target, 'target')), region),
    isDeletedAfterCompletion: input.ActionAfterCompletion === 'DELETE',
  };
}

/** Writes a schedule as GetSchedule does. */
export function shapeOf(definition: ScheduleDefinition): GetScheduleOutput {
  const { startDate, endDate, windowMinutes } = definition;
  return {
    Arn: definition.arn,
    GroupName: definition.groupName,
    Name: definition.name,
    Description: definition.description,
    ScheduleExpression: definition.scheduleExpression,
    ScheduleExpressionTimezone: definition.timeZone,
    StartDate: startDate === undefined ? undefined : new Date(startDate),
    EndDate: endDate === undefined ? undefined : new Date(endDate),
    State: definition.state,
    FlexibleTimeWindow:
      windowMinutes === undefined
        ? { Mode: 'OFF' }
        : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: windowMinutes },
    ActionAfterCompletion: definition.isDeletedAfterCompletion ? 'DELETE' : 'NONE',
    Target: targetShape(definition.target),
  };
}

/** AWS: a schedule, its target and its dead-letter queue are in one Region; the sentences are ours. */
function inRegion(target: ScheduleTargetResource, region: string): ScheduleTargetResource {
  const { arn, deadLetterArn = '' } = target;
  if (isElsewhere(arn, region)) {
    throw invalid(`The target ${arn} is not in the Region of the schedule, ${region}.`);
  }
  if (isElsewhere(deadLetterArn, region)) {
    throw invalid(`The queue ${deadLetterArn} is not in the Region of the schedule, ${region}.`);
  }
  return target;
}

function targetOf(target: Target): ScheduleTargetResource {
  const unsupported = (
    ['EcsParameters', 'KinesisParameters', 'SageMakerPipelineParameters'] as const
  ).find((name) => target[name] !== undefined);
  if (unsupported !== undefined) {
    throw invalid(`The rehearsal doesn't support ${unsupported} of a schedule's target.`);
  }
  const { EventBridgeParameters: event, RetryPolicy: policy } = target;
  return {
    arn: required(target.Arn, 'target.arn'),
    roleArn: required(target.RoleArn, 'target.roleArn'),
    input: target.Input,
    deadLetterArn: target.DeadLetterConfig?.Arn,
    maximumRetryAttempts: policy?.MaximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS,
    maximumEventAgeSeconds: policy?.MaximumEventAgeInSeconds ?? DEFAULT_EVENT_AGE_SECONDS,
    messageGroupId: target.SqsParameters?.MessageGroupId,
    event: event && {
      source: required(event.Source, 'target.eventBridgeParameters.source'),
      detailType: required(event.DetailType, 'target.eventBridgeParameters.detailType'),
    },
  };
}

function targetShape(target: ScheduleTargetResource): Target {
  const { deadLetterArn, messageGroupId, event } = target;
  return {
    Arn: target.arn,
    RoleArn: target.roleArn,
    Input: target.input,
    DeadLetterConfig: deadLetterArn === undefined ? undefined : { Arn: deadLetterArn },
    SqsParameters: messageGroupId === undefined ? undefined : { MessageGroupId: messageGroupId },
    EventBridgeParameters: event && { Source: event.source, DetailType: event.detailType },
    RetryPolicy: {
      MaximumRetryAttempts: target.maximumRetryAttempts,
      MaximumEventAgeInSeconds: target.maximumEventAgeSeconds,
    },
  };
}
