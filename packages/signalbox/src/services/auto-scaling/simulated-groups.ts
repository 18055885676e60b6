import type { JsonObject } from '../../core/json.ts';
import type { SimulatedService } from '../../core/simulated-service.ts';
import { aliveOf, countByZone, type Group } from './group/group.ts';
import type { GroupMetrics } from './group/group-metrics.ts';
import type { GroupStore } from './group/group-store.ts';
import { type GroupViews, healthOf } from './group/group-views.ts';
import type { ScalingContext } from './scaling/scaling-context.ts';
import { scalingFaults } from './scaling-faults.ts';
import { addSeeded, readGroups } from './seed-groups.ts';

/** The parts that Auto Scaling is made of. */
export interface ScalingOptions {
  readonly context: ScalingContext;
  readonly store: GroupStore;
  readonly views: GroupViews;
  readonly metrics: GroupMetrics;
  /** The Region of the app. */
  readonly ownRegion: string;
}

/** Makes the groups' simulated resources. */
export function simulatedGroups({
  context,
  store,
  views,
  metrics,
  ownRegion,
}: ScalingOptions): SimulatedService {
  const name = 'auto-scaling';
  return {
    name,
    seed(section) {
      const seeded = readGroups(name, section);
      store.clear();
      views.clear();
      metrics.clear();
      const { faults, clock, uuid } = context;
      for (const broken of [faults.withoutCapacity, faults.slowLaunches, faults.downRegions]) {
        broken.clear();
      }
      faults.throttledCalls = 0;
      for (const each of seeded) {
        const group = addSeeded(store, each, clock.now(), uuid);
        views.reveal(group);
        metrics.record(group);
      }
    },
    show: () => showAll(store),
    faults: scalingFaults({ context, store, ownRegion }),
  };
}

function showAll(store: GroupStore): JsonObject {
  const regions = [...new Set(store.all().map(({ region }) => region))].sort();
  return Object.fromEntries(
    regions.map((region) => [
      region,
      Object.fromEntries(store.inRegion(region).map((group) => [group.name, showGroup(group)])),
    ]),
  );
}

function showGroup(group: Group): JsonObject {
  const all = [...group.instances.values()];
  const count = (state: string): number => all.filter((each) => each.state === state).length;
  const zones = countByZone(group, aliveOf(group)).map(({ zone, count }) => [zone, count]);
  return {
    desired: group.desired,
    min: group.min,
    max: group.max,
    inService: count('InService'),
    pending: count('Pending'),
    terminating: count('Terminating'),
    unhealthy: all.filter((each) => healthOf(each) === 'Unhealthy').length,
    zones: Object.fromEntries(zones),
    suspended: [...group.suspended.keys()],
  };
}
