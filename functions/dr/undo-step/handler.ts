import { object } from 'valibot';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { openClients } from '../clients.ts';
import { LockSchema, stepTaskFields, toStepRun } from '../failover.ts';
import { idleLocks, renewLocks } from '../hold-locks.ts';
import { stepKindOf } from '../steps/step-kinds.ts';
import { appendEntry, readBefore } from '../trail.ts';
import { undoStep } from './undo-step.ts';

const failoversTable = requiredVariable('FAILOVERS_TABLE');
const locksTable = requiredVariable('FAILOVER_LOCKS_TABLE');
const region = requiredVariable('AWS_REGION');
const clients = openClients();

/** Undoes one step where that is safe, as long as the lock is the run's. */
export const handler = taskHandler({
  input: object({ ...stepTaskFields, lock: LockSchema }),
  correlationId: ({ failover }) => failover.failoverId,
  run: async ({ failover, step, executionArn, lock, now }) => {
    const { failoverId } = failover;
    const { stepId } = step;
    const kind = stepKindOf(step);
    const hold = { executionArn, fencing: lock.fencing };
    const busy = kind.targetsOf(step, region);
    await renewLocks(locksTable, failover.targets, hold, { now: new Date(now), busy });
    try {
      const before = await readBefore(failoversTable, failoverId, stepId);
      const run = toStepRun(clients, region, failover, { now, startedAt: before?.at });
      const undone = await undoStep(kind, step, run, before);
      const { status, detail, calls } = undone;
      // Each attempt that called has an entry of its own; the last says what became of it.
      const entryId = status === 'pending' ? `undoing#${stepId}#${now}` : `undo#${stepId}`;
      await appendEntry(failoversTable, {
        failoverId,
        entryId,
        at: now,
        stepId,
        status,
        detail,
        calls,
      });
      logger.info('Step undone', { stepId, status });
      return undone;
    } finally {
      await idleLocks(locksTable, busy, hold);
    }
  },
});
