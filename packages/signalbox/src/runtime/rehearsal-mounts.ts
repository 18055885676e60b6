import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../core/clock.ts';
import type { SkippingClock } from '../core/skipping-clock.ts';
import { UserError } from '../core/user-error.ts';
import type { Mount } from '../endpoint/server.ts';
import type { App } from '../template/app.ts';
import { CLOCK_MOUNT, clockHandler } from './mounts/clock-mount.ts';
import {
  ENVIRONMENTS_MOUNT,
  type EnvironmentsSource,
  environmentsHandler,
} from './mounts/environments-mount.ts';
import { EVENTS_MOUNT, eventsHandler } from './mounts/events-mount.ts';
import { createMount, type MountHandler } from './mounts/mount.ts';
import {
  FAULTS_MOUNT,
  faultsHandler,
  RESOURCES_MOUNT,
  resourcesHandler,
} from './mounts/resources-mount.ts';
import { SCHEDULES_MOUNT, schedulesHandler } from './mounts/schedules-mount.ts';
import { STACKS_MOUNT, stacksHandler } from './mounts/stacks-mount.ts';
import type { OpenedSchedules } from './open-schedules.ts';
import type { SimulatedResources } from './simulated-resources.ts';

/** The parts of a Region that the mounts show and act on. */
export interface MountedRegion {
  readonly bus: Bus;
  readonly schedules: OpenedSchedules;
  readonly app: () => App;
}

/** The parts of a rehearsal that the mounts show and act on. */
export interface Mounted extends Pick<EnvironmentsSource, 'endpointUrl' | 'credentialsFor'> {
  /** The app's own Region. */
  readonly home: string;
  /** The Regions in which a stack is rehearsed, the app's own first. */
  readonly rehearsed: () => readonly string[];
  /** Finds a Region that is open. */
  readonly find: (region: string) => MountedRegion | undefined;
  readonly simulatedResources: SimulatedResources;
  readonly clock: Clock;
  readonly skippingClock: SkippingClock | undefined;
}

/**
 * Makes the mounts of a rehearsal for what AWS has no API for; they respond in JSON. What belongs to a Region
 * is that of the query's `region`, the app's own unless given.
 */
export function rehearsalMounts(mounted: Mounted, onBug: (bug: unknown) => void): readonly Mount[] {
  const { simulatedResources, clock, skippingClock, endpointUrl, credentialsFor } = mounted;
  const inRegion =
    (handlerOf: (region: MountedRegion) => MountHandler): MountHandler =>
    (request) => {
      const region = request.query.get('region') ?? mounted.home;
      const found = mounted.find(region);
      if (found !== undefined) return handlerOf(found)(request);
      throw new UserError(
        'not-found',
        `Nothing is rehearsed in ${region}, and nobody has called there`,
      );
    };
  const handlers: Readonly<Record<string, MountHandler>> = {
    [EVENTS_MOUNT]: inRegion(({ bus }) => eventsHandler(bus)),
    [SCHEDULES_MOUNT]: inRegion(({ bus, schedules }) => schedulesHandler(bus, schedules)),
    [RESOURCES_MOUNT]: resourcesHandler(simulatedResources),
    [FAULTS_MOUNT]: faultsHandler(simulatedResources),
    [STACKS_MOUNT]: stacksHandler({ home: mounted.home, regions: mounted.rehearsed }),
    [CLOCK_MOUNT]: clockHandler(clock, skippingClock),
    [ENVIRONMENTS_MOUNT]: inRegion(({ app }) =>
      environmentsHandler({ app: app(), endpointUrl, credentialsFor }),
    ),
  };
  return Object.entries(handlers).map(([prefix, handler]) => createMount(prefix, handler, onBug));
}
