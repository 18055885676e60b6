import { object } from 'valibot';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { openClients } from '../clients.ts';
import { LockSchema, stepTaskFields, toStepRun } from '../failover.ts';
import { idleLocks, renewLocks } from '../hold-locks.ts';
import { modeOf, readChanges, skippedText } from '../step-changes.ts';
import { stepKindOf } from '../steps/step-kinds.ts';
import { appendEntry, appendStepEnd, type Before, isClosing, readBefore } from '../trail.ts';
import { startStep, type Trail } from './start-step.ts';

const failoversTable = requiredVariable('FAILOVERS_TABLE');
const locksTable = requiredVariable('FAILOVER_LOCKS_TABLE');
const region = requiredVariable('AWS_REGION');
const clients = openClients();

/** Starts one step, as long as the lock is the run's. */
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
      if (changes.skip !== undefined) {
        const detail = skippedText(changes.skip);
        await appendStepEnd(failoversTable, failoverId, { stepId, word: 'skipped', detail }, now);
        return { stepId, status: 'done', detail, calls: [] };
      }
      const mode = modeOf(failover.mode, changes);
      const run = toStepRun(clients, region, { ...failover, mode }, { now });
      const started = await startStep(kind, step, run, trailOf(failoverId, stepId, now));
      // A step with nothing to do is not observed: that it was done is written here.
      const { status: word, detail } = started;
      if (word !== 'pending') {
        await appendStepEnd(failoversTable, failoverId, { stepId, word, detail }, now);
      }
      logger.info('Step started', { stepId, status: started.status });
      return started;
    } finally {
      await idleLocks(locksTable, busy, hold);
    }
  },
});

function trailOf(failoverId: string, stepId: string, at: string): Trail {
  const read = () => readBefore(failoversTable, failoverId, stepId);
  return {
    readBefore: read,
    isClosing: () => isClosing(failoversTable, failoverId),
    async appendBefore(before: Before) {
      const entryId = `before#${stepId}`;
      await appendEntry(failoversTable, { failoverId, entryId, ...before });
      return (await read()) ?? before;
    },
    async appendCalled(calls) {
      // Each attempt that called anything has an entry of its own.
      const entryId = `called#${stepId}#${calls[0]?.requestId}`;
      await appendEntry(failoversTable, { failoverId, entryId, at, stepId, calls });
    },
  };
}
