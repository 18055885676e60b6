import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { failoverIdOf } from '../read-request.ts';
import { readParameters } from '../settings.ts';
import { PrepareFailoverSchema, prepareFailover } from './prepare-failover.ts';

const planParameter = requiredVariable('PLAN_PARAMETER');
const switchParameter = requiredVariable('AUTOMATIC_FAILOVER_PARAMETER');
const region = requiredVariable('AWS_REGION');

/** Reads the event, the plan and the kill switch, and says whether a run starts. */
export const handler = taskHandler({
  input: PrepareFailoverSchema,
  correlationId: ({ event }) => failoverIdOf(event),
  run: async ({ event }) => {
    const [plan = '', automaticFailover = ''] = await readParameters([
      planParameter,
      switchParameter,
    ]);
    const preparation = prepareFailover(event, { plan, automaticFailover }, region);
    logger.info('Failover prepared', { decision: preparation.decision });
    return preparation;
  },
});
