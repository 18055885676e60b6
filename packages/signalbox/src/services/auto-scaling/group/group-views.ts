import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling';
import { keyOf } from '../scaling/scaling-context.ts';
import { type Group, type GroupInstance, underWay } from './group.ts';

interface View {
  readonly sinceMs: number;
  /** Undefined from the time on at which the group is gone. */
  readonly group: AutoScalingGroup | undefined;
}

/** The view that DescribeAutoScalingGroups has: every group as it was a moment ago. */
export class GroupViews {
  readonly #lagMs: number;
  readonly #views = new Map<string, { readonly region: string; views: readonly View[] }>();

  constructor(lagMs: number) {
    this.#lagMs = lagMs;
  }

  /** Keeps how a group looks now, to be seen when the lag is over. */
  publish(group: Group, nowMs: number): void {
    this.#add(group, { sinceMs: nowMs, group: viewOf(group) }, nowMs);
  }

  /** Shows a group at once. */
  reveal(group: Group): void {
    const view = { sinceMs: Number.NEGATIVE_INFINITY, group: viewOf(group) };
    this.#views.set(keyOf(group), { region: group.region, views: [view] });
  }

  /** Keeps that a group is gone. */
  withdraw(group: Group, nowMs: number): void {
    this.#add(group, { sinceMs: nowMs, group: undefined }, nowMs);
  }

  clear(): void {
    this.#views.clear();
  }

  /** The groups of a Region as they are seen at a time, by name. */
  seen(region: string, nowMs: number): readonly AutoScalingGroup[] {
    const ofRegion = [...this.#views.values()].filter((each) => each.region === region);
    return ofRegion
      .flatMap(({ views }) => this.#at(views, nowMs)?.group ?? [])
      .sort((a, b) => ((a.AutoScalingGroupName ?? '') < (b.AutoScalingGroupName ?? '') ? -1 : 1));
  }

  #at(views: readonly View[], nowMs: number): View | undefined {
    return views.findLast(({ sinceMs }) => sinceMs <= nowMs - this.#lagMs);
  }

  #add(group: Group, view: View, nowMs: number): void {
    const known = this.#views.get(keyOf(group))?.views ?? [];
    const seen = this.#at(known, nowMs);
    const fresh = known.filter((each) => each === seen || each.sinceMs > nowMs - this.#lagMs);
    this.#views.set(keyOf(group), { region: group.region, views: [...fresh, view] });
  }
}

function viewOf(group: Group): AutoScalingGroup {
  const isEnding = group.isDeleting && underWay(group).length > 0;
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    LaunchTemplate: launchTemplateOf(group),
    MinSize: group.min,
    MaxSize: group.max,
    DesiredCapacity: group.desired,
    DefaultCooldown: group.cooldownSeconds,
    AvailabilityZones: [...group.zones],
    LoadBalancerNames: [],
    TargetGroupARNs: [],
    HealthCheckType: group.healthCheckType,
    HealthCheckGracePeriod: group.gracePeriodSeconds,
    Instances: [...group.instances.values()].map((instance) => instanceOf(group, instance)),
    CreatedTime: group.createdAt,
    SuspendedProcesses: [...group.suspended].map(([ProcessName, SuspensionReason]) => ({
      ProcessName,
      SuspensionReason,
    })),
    VPCZoneIdentifier: group.subnetIds.join(','),
    EnabledMetrics: [...group.enabledMetrics].map((Metric) => ({ Metric, Granularity: '1Minute' })),
    ...(isEnding && { Status: 'Delete in progress' }),
    Tags: group.tags.map(({ key, value }) => ({
      ResourceId: group.name,
      ResourceType: 'auto-scaling-group',
      Key: key,
      Value: value,
      PropagateAtLaunch: true,
    })),
    TerminationPolicies: ['Default'],
    NewInstancesProtectedFromScaleIn: false,
    TrafficSources: [],
  };
}

/** Writes the launch template of a group as the API does. */
export function launchTemplateOf({ launchTemplate: { id, name, version } }: Group) {
  return { LaunchTemplateId: id, LaunchTemplateName: name, Version: version };
}

function instanceOf(group: Group, instance: GroupInstance): Instance {
  return {
    InstanceId: instance.id,
    InstanceType: group.instanceType,
    AvailabilityZone: instance.zone,
    LifecycleState: instance.state,
    HealthStatus: healthOf(instance),
    LaunchTemplate: launchTemplateOf(group),
    ProtectedFromScaleIn: false,
  };
}

/** The health of an instance as the API writes it. */
export function healthOf({ unhealthyCause }: GroupInstance): 'Healthy' | 'Unhealthy' {
  return unhealthyCause === undefined ? 'Healthy' : 'Unhealthy';
}
