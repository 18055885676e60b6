import { object } from 'valibot';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { openClients } from '../clients.ts';
import { LockSchema, stepTaskFields, toStepRun } from '../failover.ts';
import { renewLocks } from '../hold-locks.ts';
import { observeStep } from '../observe-step.ts';
import { modeOf, readChanges } from '../step-changes.ts';
import { stepKindOf } from '../steps/step-kinds.ts';
import { appendStepEnd, readBefore } from '../trail.ts';

const failoversTable = requiredVariable('FAILOVERS_TABLE');
const locksTable = requiredVariable('FAILOVER_LOCKS_TABLE');
const region = requiredVariable('AWS_REGION');
const clients = openClients();

/** Looks how far one step has come, and keeps the run's lock alive meanwhile; changes nothing else. */
export const handler = taskHandler({
  input: object({ ...stepTaskFields, lock: LockSchema }),
  correlationId: ({ failover }) => failover.failoverId,
  run: async ({ failover, step, executionArn, lock, now }) => {
    const { failoverId, targets } = failover;
    const hold = { executionArn, fencing: lock.fencing };
    await renewLocks(locksTable, targets, hold, { now: new Date(now), busy: [] });
    const before = await readBefore(failoversTable, failoverId, step.stepId);
    const changes = await readChanges(failoversTable, failoverId, step.stepId);
    const mode = modeOf(failover.mode, changes);
    const run = toStepRun(clients, region, { ...failover, mode }, { now, startedAt: before?.at });
    const observed = await observeStep(stepKindOf(step), step, run, before, changes);
    const { stepId, status, detail } = observed;
    if (status !== 'pending') {
      const word = changes.skip === undefined ? status : 'skipped';
      await appendStepEnd(failoversTable, failoverId, { stepId, word, detail }, now);
    }
    logger.info('Step observed', { stepId, status });
    return observed;
  },
});
