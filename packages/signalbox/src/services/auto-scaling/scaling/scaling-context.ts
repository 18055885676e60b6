import type { Clock } from '../../../core/clock.ts';
import type { Group, GroupActivity } from '../group/group.ts';
import type { Pace } from './pace.ts';

/** The faults that are injected into Auto Scaling just now. */
export interface ScalingFaults {
  /** Groups by `keyOf` for whose instances Amazon EC2 has no room. */
  readonly withoutCapacity: Set<string>;
  /** Groups by `keyOf` whose instances take long to come into service. */
  readonly slowLaunches: Set<string>;
  /** Regions that are gone. */
  readonly downRegions: Set<string>;
  /** The number of next calls that are refused. */
  throttledCalls: number;
}

/** Makes a day on which nothing is broken. */
export function noFaults(): ScalingFaults {
  return {
    withoutCapacity: new Set(),
    slowLaunches: new Set(),
    downRegions: new Set(),
    throttledCalls: 0,
  };
}

/** The clock, faults and ports that groups act with. */
export interface ScalingContext {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly faults: ScalingFaults;
  readonly uuid: () => string;
  /** Must hear of every change of a group, after it. */
  changed(group: Group): void;
  /** Must hear of every activity that ended well or badly. */
  ended(group: Group, activity: GroupActivity): void;
  /** Must hear of a group that is gone. */
  removed(group: Group): void;
}

/** Names a group among those of all Regions. */
export function keyOf({ region, name }: Pick<Group, 'region' | 'name'>): string {
  return `${region}/${name}`;
}

/** Writes a time as causes and reasons do: whole seconds. */
export function causeTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
