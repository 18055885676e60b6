import { object } from 'valibot';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { openClients } from '../clients.ts';
import { LockSchema, stepTaskFields, toStepRun } from '../failover.ts';
import { idleLocks, renewLocks } from '../hold-locks.ts';
import { modeOf, readChanges } from '../step-changes.ts';
import { stepKindOf } from '../steps/step-kinds.ts';
import { appendEntry, isClosing, readBefore } from '../trail.ts';
import { type UndoTrail, undoStep } from './undo-step.ts';

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
      const changes = await readChanges(failoversTable, failoverId, stepId);
      const mode = modeOf(failover.mode, changes);
      const run = toStepRun(clients, region, { ...failover, mode }, { now });
      const undone = await undoStep(kind, step, run, trailOf(failoverId, stepId, now));
      const { status, detail } = undone;
      if (status !== 'pending') {
        const entryId = `undo#${stepId}`;
        await appendEntry(failoversTable, { failoverId, entryId, at: now, stepId, status, detail });
      }
      logger.info('Step undone', { stepId, status });
      return undone;
    } finally {
      await idleLocks(locksTable, busy, hold);
    }
  },
});

/** Each attempt that calls has entries of its own. */
function trailOf(failoverId: string, stepId: string, at: string): UndoTrail {
  return {
    readBefore: () => readBefore(failoversTable, failoverId, stepId),
    isClosing: () => isClosing(failoversTable, failoverId),
    async appendUndoing(calls) {
      const entryId = `undoing#${stepId}#${at}`;
      await appendEntry(failoversTable, { failoverId, entryId, at, stepId, calls });
    },
    async appendUndid(calls) {
      const entryId = `undid#${stepId}#${calls[0]?.requestId}`;
      await appendEntry(failoversTable, { failoverId, entryId, at, stepId, calls });
    },
  };
}
