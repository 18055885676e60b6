import { aliveOf, type Group, inServiceOf, still } from '../group/group.ts';
import { launch } from './launch.ts';
import type { ScalingContext } from './scaling-context.ts';
import { surplusInstance, terminate } from './terminate.ts';

const MAX_BACKOFF = 8;

/** Has a group look at itself soon, unless it does so earlier anyway. */
export function rouse(
  context: ScalingContext,
  group: Group,
  delayMs = context.pace.reactionMs,
  isRetry = false,
): void {
  const timeMs = context.clock.now().getTime() + delayMs;
  if (group.look !== undefined && group.look.timeMs <= timeMs) return;
  group.look?.timer.cancel();
  // A retry is no reason for time to skip: a lasting fault would make it race for ever.
  const timer = context.clock.at(timeMs, () => lookAt(context, group), { background: isRetry });
  group.look = { timeMs, timer };
}

/** Brings a group nearer to what it should be: unhealthy instances go, missing ones are launched. */
function lookAt(context: ScalingContext, group: Group): void {
  group.look = undefined;
  if (context.faults.downRegions.has(group.region)) return;
  replaceUnhealthy(context, group);
  endSurplus(context, group);
  launchMissing(context, group);
  if (aliveOf(group).length === group.desired) group.reason = '';
}

// AWS: "Suspend and resume processes": without Launch or Terminate nothing can be replaced.
const REPLACING = ['HealthCheck', 'ReplaceUnhealthy', 'Launch', 'Terminate'];

function replaceUnhealthy(context: ScalingContext, group: Group): void {
  if (REPLACING.some((process) => group.suspended.has(process))) return;
  for (const instance of inServiceOf(group)) {
    const because = instance.unhealthyCause;
    if (because === undefined) continue;
    group.replacements += 1;
    terminate(context, group, instance, { kind: 'unhealthy', because });
  }
}

function endSurplus(context: ScalingContext, group: Group): void {
  if (group.suspended.has('Terminate')) return;
  const surplus = aliveOf(group).length - group.desired;
  for (let i = 0; i < surplus; i += 1) {
    const instance = surplusInstance(group);
    if (instance !== undefined) terminate(context, group, instance, { kind: 'scale-in' });
  }
}

function launchMissing(context: ScalingContext, group: Group): void {
  const { pace } = context;
  const missing = group.desired - aliveOf(group).length;
  if (missing <= 0) group.replacements = 0;
  if (missing <= 0 || group.suspended.has('Launch')) return;
  for (let i = 0; i < Math.min(missing, pace.launchBatch); i += 1) {
    const launched = launch(context, group, () => attend(context, group));
    if (launched) continue;
    const backoff = Math.min(2 ** (group.failedLaunches - 1), MAX_BACKOFF);
    rouse(context, group, pace.retryMs * backoff, true);
    return;
  }
  if (missing > pace.launchBatch) rouse(context, group, pace.launchIntervalMs);
}

/** Has a group look at itself where it is not what it should be. */
export function attend(context: ScalingContext, group: Group): void {
  const isSick = inServiceOf(group).some(({ unhealthyCause }) => unhealthyCause !== undefined);
  if (isSick || aliveOf(group).length !== group.desired) rouse(context, group);
}

/** Takes all of a group's instances away at once, as the loss of a Region does. */
export function loseInstances(context: ScalingContext, group: Group): void {
  still(group);
  const endMs = context.clock.now().getTime();
  for (const activity of group.activities) {
    if (activity.status === 'InProgress') Object.assign(activity, { status: 'Cancelled', endMs });
  }
  group.instances.clear();
  context.changed(group);
}
