import type { ScheduleDefinition } from './schedule.ts';

/** One call of a schedule's target, with its retries. */
export interface Invocation {
  readonly definition: ScheduleDefinition;
  /** 16 hexadecimal digits. */
  readonly executionId: string;
  /** The time that the schedule planned. */
  readonly scheduledAt: Date;
}

/**
 * The input of a target at an attempt, counted from 1: the schedule's Input with its context
 * attributes, or an event that describes the schedule.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function invocationInput(
  { definition, executionId, scheduledAt }: Invocation,
  attempt: number,
): string {
  const { arn, target } = definition;
  const time = `${scheduledAt.toISOString().slice(0, 19)}Z`;
  if (target.input === undefined) return JSON.stringify(defaultEvent(arn, executionId, time));
  return target.input
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
}

/** AWS: the detail is a text here, not an object. */
function defaultEvent(arn: string, id: string, time: string): object {
  const [, , , region, account] = arn.split(':');
  return {
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time,
    region,
    resources: [arn],
    detail: '{}',
  };
}
