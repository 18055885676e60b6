import { object } from 'valibot';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { openClients } from '../clients.ts';
import { stepTaskFields, toStepRun } from '../failover.ts';
import { stepKindOf } from '../steps/step-kinds.ts';
import { checkStep } from './check-step.ts';

const region = requiredVariable('AWS_REGION');
const clients = openClients();

/** Checks one step's pre-conditions, and says which calls it would make; changes nothing. */
export const handler = taskHandler({
  input: object(stepTaskFields),
  correlationId: ({ failover }) => failover.failoverId,
  run: ({ failover, step, now }) =>
    checkStep(stepKindOf(step), step, toStepRun(clients, region, failover, { now })),
});
