import type { ScalingProcessQuery } from '@aws-sdk/client-auto-scaling';
import { validationError } from '../auto-scaling-errors.ts';
import type { Group } from '../group/group.ts';
import { attend } from '../scaling/look-at-group.ts';
import { causeTime, type ScalingContext } from '../scaling/scaling-context.ts';

/** The processes of a group. AWS: "Types of processes" of the user guide. */
export const SCALING_PROCESSES = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
];

/** SuspendProcesses: all of them where none is named. @throws {AwsError} `ValidationError`. */
export function suspendProcesses(
  context: ScalingContext,
  group: Group,
  { ScalingProcesses: names }: ScalingProcessQuery,
): object {
  for (const name of processesOf(names)) {
    const at = causeTime(context.clock.now().getTime());
    if (!group.suspended.has(name)) group.suspended.set(name, `User suspended at ${at}`);
  }
  context.changed(group);
  return {};
}

/** ResumeProcesses: all of them where none is named. @throws {AwsError} `ValidationError`. */
export function resumeProcesses(
  context: ScalingContext,
  group: Group,
  { ScalingProcesses: names }: ScalingProcessQuery,
): object {
  for (const name of processesOf(names)) group.suspended.delete(name);
  context.changed(group);
  attend(context, group);
  return {};
}

function processesOf(names: readonly string[] = []): readonly string[] {
  const unknown = names.find((name) => !SCALING_PROCESSES.includes(name));
  if (unknown !== undefined) throw validationError(`Unknown scaling process: ${unknown}`);
  return names.length === 0 ? SCALING_PROCESSES : names;
}
