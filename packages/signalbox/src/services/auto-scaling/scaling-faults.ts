import type { Fault } from '../../core/simulated-service.ts';
import { UserError } from '../../core/user-error.ts';
import { resumeProcesses, suspendProcesses } from './api/processes.ts';
import { aliveOf, type Group, inServiceOf } from './group/group.ts';
import type { GroupStore } from './group/group-store.ts';
import { attend, loseInstances, rouse } from './scaling/look-at-group.ts';
import { keyOf, type ScalingContext } from './scaling/scaling-context.ts';

interface FaultOptions {
  readonly context: ScalingContext;
  readonly store: GroupStore;
  /** The Region of the app. */
  readonly ownRegion: string;
}

/** Makes what can be broken in Auto Scaling. */
export function scalingFaults(parts: FaultOptions): Readonly<Record<string, Fault>> {
  return {
    capacity: capacityFault(parts),
    'launch-suspended': launchSuspendedFault(parts),
    application: applicationFault(parts),
    'slow-launches': slowLaunchesFault(parts),
    'scaling-throttled': throttledFault(parts),
    'region-application': regionFault(parts),
  };
}

const GROUPS =
  'a group such as web-tier or us-west-2/web-tier, or a Region; all groups of the own Region by default';

function capacityFault({ context, store, ownRegion }: FaultOptions): Fault {
  const { withoutCapacity } = context.faults;
  return {
    summary: 'Amazon EC2 has no capacity for new instances of a group',
    target: GROUPS,
    start(target) {
      const groups = aim(store, ownRegion, target);
      for (const group of groups) withoutCapacity.add(keyOf(group));
      return `launches of ${names(groups)} fail`;
    },
    end(target) {
      const groups = aim(store, ownRegion, target);
      for (const group of groups) {
        withoutCapacity.delete(keyOf(group));
        group.failedLaunches = 0;
        attend(context, group);
      }
      return `launches of ${names(groups)} succeed again`;
    },
  };
}

function launchSuspendedFault({ context, store, ownRegion }: FaultOptions): Fault {
  const process = { AutoScalingGroupName: undefined, ScalingProcesses: ['Launch'] };
  return {
    summary: 'Somebody has suspended the process Launch of a group',
    target: GROUPS,
    start(target) {
      const groups = aim(store, ownRegion, target);
      for (const group of groups) suspendProcesses(context, group, process);
      return `Launch of ${names(groups)} is suspended`;
    },
    end(target) {
      const groups = aim(store, ownRegion, target);
      for (const group of groups) resumeProcesses(context, group, process);
      return `Launch of ${names(groups)} is resumed`;
    },
  };
}

function applicationFault({ context, store, ownRegion }: FaultOptions): Fault {
  return {
    summary: 'All instances of a group that serve now fail their health checks',
    target: GROUPS,
    start(target) {
      const groups = aim(store, ownRegion, target);
      for (const group of groups) markUnhealthy(context, group);
      return `the instances of ${names(groups)} are unhealthy`;
    },
    end(target) {
      const groups = aim(store, ownRegion, target);
      for (const group of groups) {
        for (const instance of aliveOf(group)) instance.unhealthyCause = undefined;
        context.changed(group);
      }
      return `the instances of ${names(groups)} are healthy`;
    },
  };
}

function markUnhealthy(context: ScalingContext, group: Group): void {
  for (const instance of inServiceOf(group)) {
    instance.unhealthyCause = 'an ELB system health check failure';
  }
  context.changed(group);
  attend(context, group);
}

function slowLaunchesFault({ context, store, ownRegion }: FaultOptions): Fault {
  const { slowLaunches } = context.faults;
  const minutes = context.pace.slowLaunchMs / 60_000;
  return {
    summary: `New instances of a group take ${minutes} minutes to come into service`,
    target: GROUPS,
    start(target) {
      const groups = aim(store, ownRegion, target);
      for (const group of groups) slowLaunches.add(keyOf(group));
      return `instances of ${names(groups)} take ${minutes} minutes to launch`;
    },
    end(target) {
      const groups = aim(store, ownRegion, target);
      for (const group of groups) slowLaunches.delete(keyOf(group));
      return `instances of ${names(groups)} launch as fast as usual`;
    },
  };
}

const THROTTLED_CALLS = 3;

function throttledFault({ context: { faults } }: FaultOptions): Fault {
  return {
    summary: 'The next calls of Auto Scaling are refused by Throttling and ResourceContention',
    target: `how many calls, ${THROTTLED_CALLS} by default`,
    start(target = String(THROTTLED_CALLS)) {
      if (!/^[1-9]\d{0,3}$/.test(target)) {
        throw new UserError('usage', `The target must be a number of calls, found "${target}"`);
      }
      faults.throttledCalls = Number(target);
      return `the next ${target} calls of Auto Scaling are refused`;
    },
    end() {
      faults.throttledCalls = 0;
      return 'calls of Auto Scaling succeed again';
    },
  };
}

function regionFault({ context, store, ownRegion }: FaultOptions): Fault {
  const { downRegions } = context.faults;
  const aimed = (target: string | undefined): string => {
    const regions = [...new Set(store.all().map(({ region }) => region))].sort();
    const region = target ?? regions.find((each) => each !== ownRegion) ?? ownRegion;
    if (regions.includes(region)) return region;
    throw new UserError('usage', `No group is in "${region}": choose one of ${regions.join(', ')}`);
  };
  return {
    summary: 'All instances of a Region are gone, and its Auto Scaling returns 503',
    target: 'a Region, the peer Region by default',
    start(target) {
      const region = aimed(target);
      downRegions.add(region);
      for (const group of store.inRegion(region)) loseInstances(context, group);
      return `the instances of ${region} are gone, and Auto Scaling does not respond there`;
    },
    end(target) {
      const region = aimed(target);
      downRegions.delete(region);
      for (const group of store.inRegion(region)) rouse(context, group);
      return `Auto Scaling responds in ${region}, and launches what is missing`;
    },
  };
}

/** The groups that a target means. @throws {UserError} `usage` where it means none. */
function aim(store: GroupStore, ownRegion: string, target = ownRegion): readonly Group[] {
  const [region = '', name] = target.includes('/') ? target.split('/') : [ownRegion, target];
  const named = store.find(region, name);
  if (named !== undefined) return [named];
  const groups = store.inRegion(target);
  if (groups.length > 0) return groups;
  const known = store.all().map(keyOf).join(', ');
  throw new UserError(
    'usage',
    `There is no Auto Scaling group "${target}": choose one of ${known}`,
  );
}

function names(groups: readonly Group[]): string {
  return groups.map(keyOf).join(', ');
}
