import type {
  AutoScalingGroupNamesType,
  AutoScalingGroupsType,
  AutoScalingInstanceDetails,
  AutoScalingInstancesType,
  DescribeAutoScalingInstancesType,
} from '@aws-sdk/client-auto-scaling';
import { pageOf } from '../../../core/page-of.ts';
import { invalidNextToken, notRehearsed, validationError } from '../auto-scaling-errors.ts';
import type { GroupViews } from '../group/group-views.ts';

/**
 * DescribeAutoScalingGroups, eventually consistent. AWS: a name that nobody has returns nothing.
 * @throws {AwsError} `ValidationError` or `InvalidNextToken`.
 */
export function describeAutoScalingGroups(
  views: GroupViews,
  place: { readonly region: string; readonly nowMs: number },
  input: AutoScalingGroupNamesType,
): AutoScalingGroupsType {
  if ((input.Filters ?? []).length > 0) throw notRehearsed('filters of groups');
  const names = input.AutoScalingGroupNames ?? [];
  const wanted = views
    .seen(place.region, place.nowMs)
    .filter(({ AutoScalingGroupName: name = '' }) => names.length === 0 || names.includes(name));
  const size = pageSize(input.MaxRecords, 50, 100);
  const { members, next } = pageOf(wanted, size, input.NextToken, invalidNextToken);
  return {
    AutoScalingGroups: members.map((group) =>
      input.IncludeInstances === false ? { ...group, Instances: [] } : group,
    ),
    ...(next !== undefined && { NextToken: next }),
  };
}

/** DescribeAutoScalingInstances: the instances of all groups, or the named ones that exist. */
export function describeAutoScalingInstances(
  views: GroupViews,
  place: { readonly region: string; readonly nowMs: number },
  input: DescribeAutoScalingInstancesType,
): AutoScalingInstancesType {
  const ids = input.InstanceIds ?? [];
  const all = views.seen(place.region, place.nowMs).flatMap(({ AutoScalingGroupName, Instances }) =>
    (Instances ?? []).map(
      ({ HealthStatus, ...instance }): AutoScalingInstanceDetails => ({
        ...instance,
        AutoScalingGroupName,
        // AWS: this response alone writes the health in capitals.
        HealthStatus: HealthStatus?.toUpperCase(),
      }),
    ),
  );
  const wanted = all.filter(({ InstanceId: id = '' }) => ids.length === 0 || ids.includes(id));
  const size = pageSize(input.MaxRecords, 50, 50);
  const { members, next } = pageOf(wanted, size, input.NextToken, invalidNextToken);
  return {
    AutoScalingInstances: [...members],
    ...(next !== undefined && { NextToken: next }),
  };
}

/** Checks the length of a page. @throws {AwsError} `ValidationError`. */
export function pageSize(given: number | undefined, usual: number, most: number): number {
  const size = given ?? usual;
  if (size >= 1 && size <= most) return size;
  const bound = size < 1 ? 'greater than or equal to 1' : `less than or equal to ${most}`;
  throw validationError(
    `1 validation error detected: Value '${size}' at 'maxRecords' failed to satisfy constraint: Member must have value ${bound}`,
  );
}
