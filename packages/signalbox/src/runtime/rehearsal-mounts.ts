import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../core/clock.ts';
import type { SkippingClock } from '../core/skipping-clock.ts';
import type { Mount } from '../endpoint/server.ts';
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
import type { OpenedSchedules } from './open-schedules.ts';
import type { SimulatedResources } from './simulated-resources.ts';

/** The parts of a rehearsal that the mounts show and act on. */
export interface Mounted {
  readonly bus: Bus;
  readonly schedules: OpenedSchedules;
  readonly simulatedResources: SimulatedResources;
  readonly environments: EnvironmentsSource;
  readonly clock: Clock;
  readonly skippingClock: SkippingClock | undefined;
}

/** Makes the mounts of a rehearsal for what AWS has no API for; they respond in JSON. */
export function rehearsalMounts(
  { bus, schedules, simulatedResources, environments, clock, skippingClock }: Mounted,
  onBug: (bug: unknown) => void,
): readonly Mount[] {
  const handlers: Readonly<Record<string, MountHandler>> = {
    [EVENTS_MOUNT]: eventsHandler(bus),
    [SCHEDULES_MOUNT]: schedulesHandler(bus, schedules),
    [RESOURCES_MOUNT]: resourcesHandler(simulatedResources),
    [FAULTS_MOUNT]: faultsHandler(simulatedResources),
    [CLOCK_MOUNT]: clockHandler(clock, skippingClock),
    [ENVIRONMENTS_MOUNT]: environmentsHandler(environments),
  };
  return Object.entries(handlers).map(([prefix, handler]) => createMount(prefix, handler, onBug));
}
