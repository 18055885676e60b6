import { object, string } from 'valibot';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { readAlarmStates } from '../alarm-states.ts';
import { openClients } from '../clients.ts';
import {
  type Failover,
  FailoverSchema,
  type FailoverStep,
  stepsOf,
  toStepRun,
} from '../failover.ts';
import { type ObservedStep, observeStep } from '../observe-step.ts';
import { modeOf, readChanges } from '../step-changes.ts';
import { stepKindOf } from '../steps/step-kinds.ts';
import { readBefore } from '../trail.ts';
import { askHealth, judgeAlarms, judgeSteps } from './verify-application.ts';

const failoversTable = requiredVariable('FAILOVERS_TABLE');
const region = requiredVariable('AWS_REGION');
const clients = openClients();

/** Says whether the application is well: what the run moved, its alarms, and its health page where it has one. */
export const handler = taskHandler({
  input: object({ failover: FailoverSchema, now: string() }),
  correlationId: ({ failover }) => failover.failoverId,
  run: async ({ failover, now }) => {
    const { alarms, healthUrl, healthRegionHeader: header } = failover.verification;
    const serving = header === undefined ? undefined : { header, region };
    const [steps, states, health] = await Promise.all([
      Promise.all(stepsOf(failover).map((step) => standing(failover, step, now))),
      readAlarmStates(clients.cloudWatch(region), alarms),
      healthUrl === undefined ? [] : [askHealth(healthUrl, fetch, serving)],
    ]);
    const verdicts = [
      judgeSteps(steps),
      judgeAlarms(alarms, states),
      ...(await Promise.all(health)),
    ];
    return {
      isHealthy: verdicts.every(({ isHealthy }) => isHealthy),
      detail: verdicts.map(({ detail }) => detail).join('; '),
    };
  },
});

/** Looks how a step stands now; what cannot be read does not hold. */
async function standing(
  failover: Failover,
  step: FailoverStep,
  now: string,
): Promise<ObservedStep> {
  const { stepId } = step;
  const before = await readBefore(failoversTable, failover.failoverId, stepId);
  const changes = await readChanges(failoversTable, failover.failoverId, stepId);
  const mode = modeOf(failover.mode, changes);
  const run = toStepRun(clients, region, { ...failover, mode }, { now, startedAt: before?.at });
  try {
    return await observeStep(stepKindOf(step), step, run, before, changes);
  } catch (error) {
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { stepId, status: 'pending', detail };
  }
}
