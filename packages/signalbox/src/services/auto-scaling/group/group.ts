import type { Timer } from '../../../core/clock.ts';

/** An EC2 instance as its group sees it. */
export interface GroupInstance {
  readonly id: string;
  readonly zone: string;
  readonly launchedAtMs: number;
  state: 'Pending' | 'InService' | 'Terminating';
  /** The reason for which it is unhealthy, in AWS's words; undefined while it is healthy. */
  unhealthyCause: string | undefined;
  /** Ends the launch or the termination that is under way. */
  timer: Timer | undefined;
}

/** One thing that a group did, or tried to do. */
export interface GroupActivity {
  readonly id: string;
  readonly event: 'Launch' | 'Terminate';
  readonly instanceId: string | undefined;
  readonly zone: string;
  readonly description: string;
  readonly cause: string;
  readonly startMs: number;
  endMs: number | undefined;
  status: 'InProgress' | 'Successful' | 'Failed' | 'Cancelled';
  statusMessage: string | undefined;
}

/** The options that a group is made with. */
export interface GroupSettings {
  readonly name: string;
  min: number;
  max: number;
  desired: number;
  readonly zones: readonly string[];
  readonly subnetIds: readonly string[];
  readonly instanceType: string;
  readonly launchTemplate: { readonly id: string; readonly name: string; readonly version: string };
  cooldownSeconds: number;
  healthCheckType: string;
  gracePeriodSeconds: number;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** An Auto Scaling group. */
export interface Group extends GroupSettings {
  readonly region: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly instances: Map<string, GroupInstance>;
  /** The oldest comes first. */
  readonly activities: GroupActivity[];
  /** The reason for which a process is suspended, by its name. */
  readonly suspended: Map<string, string>;
  readonly enabledMetrics: Set<string>;
  /** The reason for which the group does not have what it should, in AWS's words, until it does. */
  reason: string;
  /** Launches that failed one after the other. */
  failedLaunches: number;
  /** An instance was lost to its health, and one shall take its place. */
  replacements: number;
  isDeleting: boolean;
  /** When the group looks at itself next. */
  look: { readonly timeMs: number; readonly timer: Timer } | undefined;
}

/** Returns whether an instance counts against the desired capacity. */
export function isAlive({ state }: GroupInstance): boolean {
  return state !== 'Terminating';
}

/** The instances that count against the desired capacity. */
export function aliveOf({ instances }: Group): readonly GroupInstance[] {
  return [...instances.values()].filter(isAlive);
}

/** The instances that serve. */
export function inServiceOf({ instances }: Group): readonly GroupInstance[] {
  return [...instances.values()].filter(({ state }) => state === 'InService');
}

/** Counts the given instances in each zone of a group, in the order of the zones. */
export function countByZone(
  { zones }: Group,
  instances: readonly GroupInstance[],
): readonly { readonly zone: string; readonly count: number }[] {
  return zones.map((zone) => ({
    zone,
    count: instances.filter((instance) => instance.zone === zone).length,
  }));
}

/** The launches and terminations under way. */
export function underWay({ activities }: Group): readonly GroupActivity[] {
  return activities.filter(({ status }) => status === 'InProgress');
}

/** Takes away all that a group would do later. */
export function still(group: Group): void {
  group.look?.timer.cancel();
  group.look = undefined;
  for (const instance of group.instances.values()) instance.timer?.cancel();
}
