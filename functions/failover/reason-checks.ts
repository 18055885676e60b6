import { readAlarmStates } from './alarm-states.ts';
import { type Check, reason, type StepRun } from './steps/step-kind.ts';

/**
 * Asks whether the alarm that started a run still rings. Only steps of the first wave ask: what the
 * run itself has mended by then may have calmed the alarm.
 * @returns Nothing for a run that no alarm started.
 */
export async function reasonChecks(stepId: string, run: StepRun): Promise<readonly Check[]> {
  const { alarm, clients, region } = run;
  if (alarm === undefined || !stepId.startsWith('1-')) return [];
  const states = await readAlarmStates(clients.cloudWatch(region), [alarm]);
  const state = states.get(alarm);
  const detail = `The alarm ${alarm} is ${state ?? 'not there'}`;
  return [reason('alarm-stands', state === 'ALARM', detail)];
}
