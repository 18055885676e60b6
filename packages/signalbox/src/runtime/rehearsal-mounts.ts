import type { Bus } from '../bus/bus.ts';
import type { Mount } from '../endpoint/server.ts';
import {
  answerEnvironments,
  ENVIRONMENTS_MOUNT,
  type EnvironmentsSource,
} from './mounts/environments-mount.ts';
import { answerEvents, EVENTS_MOUNT } from './mounts/events-mount.ts';
import { type Answer, createMount } from './mounts/mount.ts';
import {
  answerFaults,
  answerResources,
  FAULTS_MOUNT,
  RESOURCES_MOUNT,
} from './mounts/resources-mount.ts';
import { answerSchedules, SCHEDULES_MOUNT } from './mounts/schedules-mount.ts';
import type { OpenedSchedules } from './open-schedules.ts';
import type { SimulatedResources } from './simulated-resources.ts';

/** What the mounts tell of, and act on. */
export interface Mounted {
  readonly bus: Bus;
  readonly schedules: OpenedSchedules;
  readonly simulatedResources: SimulatedResources;
  readonly environments: EnvironmentsSource;
}

/** Makes the mounts of a rehearsal for what AWS has no API for; they answer JSON. */
export function rehearsalMounts(
  { bus, schedules, simulatedResources, environments }: Mounted,
  onBug: (bug: unknown) => void,
): readonly Mount[] {
  const answers: Readonly<Record<string, Answer>> = {
    [EVENTS_MOUNT]: answerEvents(bus),
    [SCHEDULES_MOUNT]: answerSchedules(bus, schedules),
    [RESOURCES_MOUNT]: answerResources(simulatedResources),
    [FAULTS_MOUNT]: answerFaults(simulatedResources),
    [ENVIRONMENTS_MOUNT]: answerEnvironments(environments),
  };
  return Object.entries(answers).map(([prefix, answer]) => createMount(prefix, answer, onBug));
}
