import type {
  ActivitiesType,
  Activity,
  DescribeScalingActivitiesType,
} from '@aws-sdk/client-auto-scaling';
import { pageOf } from '../../../core/page-of.ts';
import { invalidNextToken, notRehearsed } from '../auto-scaling-errors.ts';
import type { Group, GroupActivity } from '../group/group.ts';
import { detailsOf } from '../group/group-events.ts';
import { pageSize } from './describe-groups.ts';

/**
 * DescribeScalingActivities: the newest come first.
 * @throws {AwsError} `ValidationError` or `InvalidNextToken`.
 */
export function describeScalingActivities(
  groups: readonly Group[],
  input: DescribeScalingActivitiesType,
): ActivitiesType {
  if ((input.Filters ?? []).length > 0) throw notRehearsed('filters of activities');
  if (input.IncludeDeletedGroups) throw notRehearsed('activities of deleted groups');
  const { AutoScalingGroupName: name, ActivityIds: ids = [] } = input;
  const wanted = groups
    .filter((group) => name === undefined || group.name === name)
    .flatMap((group) => group.activities.map((activity) => activityOf(group, activity)))
    .filter(({ ActivityId: id = '' }) => ids.length === 0 || ids.includes(id))
    .reverse();
  const newestFirst = wanted.sort((a, b) => startOf(b) - startOf(a));
  const size = pageSize(input.MaxRecords, 100, 100);
  const { members, next } = pageOf(newestFirst, size, input.NextToken, invalidNextToken);
  return { Activities: [...members], ...(next !== undefined && { NextToken: next }) };
}

function startOf({ StartTime: start }: Activity): number {
  return start?.getTime() ?? 0;
}

/** Writes an activity as the API does. */
export function activityOf(group: Group, activity: GroupActivity): Activity {
  const { endMs, status, statusMessage } = activity;
  // AWS: a failure's reason is part of the description too.
  const reason = statusMessage === undefined ? '' : `.  Status Reason: ${statusMessage}`;
  return {
    ActivityId: activity.id,
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    Description: `${activity.description}${reason}`,
    Cause: activity.cause,
    StartTime: new Date(activity.startMs),
    ...(endMs !== undefined && { EndTime: new Date(endMs) }),
    StatusCode: status,
    ...(statusMessage !== undefined && { StatusMessage: statusMessage }),
    Progress: progressOf(activity),
    Details: JSON.stringify(detailsOf(group, activity)),
  };
}

function progressOf({ status, event }: GroupActivity): number {
  if (status !== 'InProgress') return 100;
  return event === 'Launch' ? 30 : 50;
}
