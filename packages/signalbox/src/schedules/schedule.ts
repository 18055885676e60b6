import { bad, ok, type Problem, type Result } from '../core/result.ts';
import type { ScheduleResource } from '../template/app.ts';
import type { Occurrences } from './next-occurrence.ts';
import { parseScheduleExpression, type ScheduleExpression } from './schedule-expression.ts';
import { isTimeZone } from './wall-clock.ts';

/** A schedule as it was written, in the template or in CreateSchedule. */
export type ScheduleDefinition = Omit<ScheduleResource, 'logicalId' | 'place'> & {
  /** ActionAfterCompletion is DELETE. */
  readonly isDeletedAfterCompletion: boolean;
};

/** A schedule made ready. */
export interface Schedule {
  readonly definition: ScheduleDefinition;
  readonly expression: ScheduleExpression;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/** Makes a schedule ready; the problems have EventBridge Scheduler's words where they are known. */
export function readSchedule(definition: ScheduleDefinition, now: Date): Result<Schedule> {
  const { scheduleExpression, timeZone, startDate, endDate, windowMinutes, target } = definition;
  const problems: Problem[] = [];
  const expression = parseScheduleExpression(scheduleExpression, 'scheduler');
  if (expression === undefined) {
    problems.push({ message: `Invalid Schedule Expression ${scheduleExpression}.` });
  }
  if (!isTimeZone(timeZone)) {
    problems.push({ message: `Invalid ScheduleExpressionTimezone ${timeZone}.` });
  }
  for (const date of [startDate, endDate]) {
    if (date !== undefined && Number.isNaN(Date.parse(date))) {
      problems.push({ message: `Cannot read the date ${date}: write 2026-01-31T00:00:00Z` });
    }
  }
  if (startDate !== undefined && endDate !== undefined && !(startDate < endDate)) {
    problems.push({ message: 'The StartDate must come before the EndDate.' });
  }
  if (windowMinutes !== undefined && !(windowMinutes >= 1 && windowMinutes <= 1440)) {
    problems.push({ message: 'MaximumWindowInMinutes must be 1 to 1440.' });
  }
  if (target.arn.includes(':events:') && target.event === undefined) {
    problems.push({ message: 'EventBridgeParameters are required for an event bus target.' });
  }
  if (expression === undefined || problems.length > 0) return bad(...problems);
  return ok({ definition, expression, createdAt: now, modifiedAt: now });
}

/** When a schedule calls its target. */
export function occurrencesOf({ definition, expression, createdAt }: Schedule): Occurrences {
  const { startDate, endDate, timeZone } = definition;
  return {
    expression,
    timeZone,
    // AWS: a rate without a start begins at once.
    startMs: startDate === undefined ? createdAt.getTime() : Date.parse(startDate),
    endMs: endDate === undefined ? undefined : Date.parse(endDate),
  };
}
