import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { cancellationCodes, documents, readItem } from '../../shared/dynamodb.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { judgeLocks, type LockItem, LockItemSchema, lockTransaction } from '../locks.ts';
import { failoverMetric } from '../metrics.ts';
import { appendEntry, ClaimantSchema } from '../trail.ts';
import {
  AcquireLockSchema,
  type Acquisition,
  acquisitionOf,
  claimEntry,
  toLockRequest,
} from './acquire-lock.ts';

const tables = {
  failovers: requiredVariable('FAILOVERS_TABLE'),
  locks: requiredVariable('FAILOVER_LOCKS_TABLE'),
};

/** Makes the failover this execution's, and takes the locks of the plan and of all targets. */
export const handler = taskHandler({
  input: AcquireLockSchema,
  correlationId: ({ failover }) => failover.failoverId,
  run: async (request) => {
    const { failover, executionArn } = request;
    if (!(await claim(claimEntry(request), executionArn))) {
      const reason = `Another execution has the failover ${failover.failoverId}`;
      return { outcome: 'duplicate', fencing: 0, reason } satisfies Acquisition;
    }
    if (failover.kind === 'dry-run') {
      return {
        outcome: 'unlocked',
        fencing: 0,
        reason: 'A dry run only reads',
      } satisfies Acquisition;
    }
    const acquisition = await acquire(toLockRequest(request));
    logger.info('Lock asked for', { ...acquisition });
    return acquisition;
  },
});

/** Whether the failover is this execution's, from now on or from an attempt whose answer was lost. */
async function claim(entry: ReturnType<typeof claimEntry>, executionArn: string): Promise<boolean> {
  if (await appendEntry(tables.failovers, entry)) return true;
  const { failoverId } = entry;
  const existing = await readItem(
    tables.failovers,
    { failoverId, entryId: 'claim' },
    ClaimantSchema,
  );
  return existing?.executionArn === executionArn;
}

async function acquire(request: ReturnType<typeof toLockRequest>): Promise<Acquisition> {
  const seen = await readLocks(request.targets);
  const verdict = judgeLocks(seen, request);
  if (verdict.kind !== 'free') return counted(verdict);
  try {
    const { fencing } = verdict;
    await documents.send(new TransactWriteCommand(lockTransaction(tables, seen, request, fencing)));
    return { outcome: 'locked', fencing, reason: 'The lock is taken' };
  } catch (error) {
    if (cancellationCodes(error) === undefined) throw error;
  }
  return counted(judgeLocks(await readLocks(request.targets), request));
}

function counted(verdict: ReturnType<typeof judgeLocks>): Acquisition {
  if (verdict.kind === 'locked') failoverMetric('FailoverLockRefusals', 1);
  return acquisitionOf(verdict);
}

function readLocks(targets: readonly string[]): Promise<readonly (LockItem | undefined)[]> {
  return Promise.all(targets.map((target) => readItem(tables.locks, { target }, LockItemSchema)));
}
