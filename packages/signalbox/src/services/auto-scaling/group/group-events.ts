import type { JsonObject } from '../../../core/json.ts';
import type { Group, GroupActivity } from './group.ts';

/** An event that Amazon EC2 Auto Scaling sends to the default bus. */
export interface ScalingEvent {
  readonly source: 'aws.autoscaling';
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly time: Date;
  /** The Region whose default bus it comes to. */
  readonly region: string;
}

/**
 * Writes the event of an activity that ended.
 * AWS: "Amazon EC2 Auto Scaling event reference" of the user guide. A success has the status
 * `InProgress`, as the document's examples do.
 */
export function activityEnded(group: Group, activity: GroupActivity): ScalingEvent {
  const isFailed = activity.status === 'Failed';
  const [, , , , accountId = ''] = group.arn.split(':');
  const { instanceId, endMs = activity.startMs } = activity;
  const resources =
    instanceId === undefined
      ? [group.arn]
      : [group.arn, `arn:aws:ec2:${group.region}:${accountId}:instance/${instanceId}`];
  return {
    source: 'aws.autoscaling',
    detailType: `EC2 Instance ${activity.event} ${isFailed ? 'Unsuccessful' : 'Successful'}`,
    resources,
    time: new Date(endMs),
    region: group.region,
    detail: {
      StatusCode: isFailed ? 'Failed' : 'InProgress',
      Description: activity.description,
      AutoScalingGroupName: group.name,
      ActivityId: activity.id,
      Details: detailsOf(group, activity),
      RequestId: activity.id,
      StatusMessage: activity.statusMessage ?? '',
      EndTime: new Date(endMs).toISOString(),
      EC2InstanceId: instanceId ?? '',
      StartTime: new Date(activity.startMs).toISOString(),
      Cause: activity.cause,
      Origin: activity.event === 'Launch' ? 'EC2' : 'AutoScalingGroup',
      Destination: activity.event === 'Launch' ? 'AutoScalingGroup' : 'EC2',
    },
  };
}

/** Returns the subnet and the zone in which an activity took place. */
export function detailsOf({ zones, subnetIds }: Group, { zone }: GroupActivity) {
  const subnetId = subnetIds[zones.indexOf(zone)];
  return {
    ...(subnetId !== undefined && { 'Subnet ID': subnetId }),
    'Availability Zone': zone,
  };
}
