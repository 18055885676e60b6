import { ownMember } from '../../../core/names/own-member.ts';
import type { MeasuredValue, MetricIdentity, MetricSource } from '../../metric-source.ts';
import { keyOf } from '../scaling/scaling-context.ts';
import { type Group, inServiceOf } from './group.ts';

const VALUES: Readonly<Record<string, (group: Group) => number>> = {
  GroupMinSize: ({ min }) => min,
  GroupMaxSize: ({ max }) => max,
  GroupDesiredCapacity: ({ desired }) => desired,
  GroupInServiceInstances: (group) => inServiceOf(group).length,
  GroupPendingInstances: (group) => countOf(group, 'Pending'),
  GroupStandbyInstances: () => 0,
  GroupTerminatingInstances: (group) => countOf(group, 'Terminating'),
  GroupTotalInstances: ({ instances }) => instances.size,
};

/** The group metrics that Amazon EC2 Auto Scaling can report, warm pools aside. */
export const GROUP_METRICS: readonly string[] = Object.keys(VALUES);

const NAMESPACE = 'AWS/AutoScaling';
const MINUTE_MS = 60_000;
// AWS: datapoints of one minute are kept for 15 days.
const KEPT_MS = 15 * 24 * 60 * MINUTE_MS;

interface Change {
  readonly timeMs: number;
  readonly values: ReadonlyMap<string, number>;
}

/** Remembers how groups changed, and returns one datapoint a minute out of that. */
export class GroupMetrics implements MetricSource {
  readonly namespace = NAMESPACE;
  readonly #changes = new Map<string, { readonly group: Group; readonly log: Change[] }>();
  readonly #listeners: (() => void)[] = [];
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Calls back whenever a value takes another course. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  record(group: Group): void {
    const timeMs = this.#nowMs();
    const values = new Map(
      [...group.enabledMetrics].flatMap((name) => {
        const value = ownMember(VALUES, name)?.(group);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
    this.#add(group, { timeMs, values });
  }

  /** From now on the group has no values. */
  end(group: Group): void {
    this.#add(group, { timeMs: this.#nowMs(), values: new Map() });
  }

  clear(): void {
    this.#changes.clear();
  }

  metrics(region: string): readonly MetricIdentity[] {
    const ofRegion = [...this.#changes.values()].filter(({ group }) => group.region === region);
    return ofRegion.flatMap(({ group, log }) => {
      const names = new Set(log.flatMap(({ values }) => [...values.keys()]));
      return [...names].map((metricName) => ({
        namespace: NAMESPACE,
        metricName,
        dimensions: { AutoScalingGroupName: group.name },
      }));
    });
  }

  /** One value a whole minute; the future is as the group is now. */
  datapoints(
    { metricName, dimensions }: MetricIdentity,
    region: string,
    startMs: number,
    endMs: number,
  ): readonly MeasuredValue[] {
    const name = dimensions['AutoScalingGroupName'];
    if (name === undefined || Object.keys(dimensions).length !== 1) return [];
    const log = this.#changes.get(keyOf({ region, name }))?.log ?? [];
    const firstMs = Math.max(startMs, log[0]?.timeMs ?? endMs);
    const points: MeasuredValue[] = [];
    let at = 0;
    for (let timeMs = ceilMinute(firstMs); timeMs < endMs; timeMs += MINUTE_MS) {
      while ((log[at + 1]?.timeMs ?? Number.POSITIVE_INFINITY) <= timeMs) at += 1;
      const value = log[at]?.values.get(metricName);
      if (value !== undefined) points.push({ timeMs, value });
    }
    return points;
  }

  #add(group: Group, change: Change): void {
    const known = this.#changes.get(keyOf(group)) ?? { group, log: [] };
    const last = known.log.at(-1);
    if (last !== undefined && isSame(last.values, change.values)) return;
    if (last?.timeMs === change.timeMs) known.log.pop();
    known.log.push(change);
    // The course at the beginning of what is kept began with the change before.
    while ((known.log[1]?.timeMs ?? change.timeMs) < change.timeMs - KEPT_MS) known.log.shift();
    this.#changes.set(keyOf(group), known);
    for (const listener of this.#listeners) listener();
  }
}

function countOf({ instances }: Group, state: 'Pending' | 'Terminating'): number {
  return [...instances.values()].filter((instance) => instance.state === state).length;
}

function ceilMinute(timeMs: number): number {
  return Math.ceil(timeMs / MINUTE_MS) * MINUTE_MS;
}

function isSame(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): boolean {
  return left.size === right.size && [...left].every(([name, value]) => right.get(name) === value);
}
