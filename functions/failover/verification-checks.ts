import { readAlarmStates } from './alarm-states.ts';
import type { Failover } from './failover.ts';
import { advisory, type Check, type StepRun } from './steps/step-kind.ts';
import { askHealth } from './verify-application/verify-application.ts';

/**
 * Checks before a run what its verification will ask for at its end: an alarm that has no data by then
 * lets it end as failed. It keeps nobody from acting, for acting may be what brings the data.
 */
export async function verificationChecks(
  { alarms, healthUrl }: Failover['verification'],
  { clients, region }: Pick<StepRun, 'clients' | 'region'>,
  ask: typeof fetch,
): Promise<readonly Check[]> {
  const [states, health] = await Promise.all([
    readAlarmStates(clients.cloudWatch(region), alarms),
    healthUrl === undefined ? undefined : askHealth(healthUrl, ask),
  ]);
  return [
    ...alarms.map((name) => alarmCheck(name, states.get(name))),
    ...(health === undefined
      ? []
      : [advisory('verification-health-page', health.isHealthy, health.detail)]),
  ];
}

function alarmCheck(name: string, state = 'not there'): Check {
  const isOk = state === 'OK';
  const detail = `${name} is ${state}${isOk ? '' : '; verification waits until it is OK'}`;
  return advisory('verification-alarm', isOk, detail);
}
