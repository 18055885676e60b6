import { object } from 'valibot';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { openClients } from '../clients.ts';
import { stepTaskFields, toStepRun } from '../failover.ts';
import { stepKindOf } from '../steps/step-kinds.ts';
import { verificationChecks } from '../verification-checks.ts';
import { checkStep } from './check-step.ts';

const region = requiredVariable('AWS_REGION');
const clients = openClients();

/** The step with which the checks of the whole run are told. */
const FIRST_STEP = '1-1';

/** Checks one step's pre-conditions, and says which calls it would make; changes nothing. */
export const handler = taskHandler({
  input: object(stepTaskFields),
  correlationId: ({ failover }) => failover.failoverId,
  run: async ({ failover, step, now }) => {
    const run = toStepRun(clients, region, failover, { now });
    const others =
      step.stepId === FIRST_STEP ? await verificationChecks(failover.verification, run, fetch) : [];
    return checkStep(stepKindOf(step), step, run, others);
  },
});
