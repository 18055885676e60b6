import { type InferOutput, object, string } from 'valibot';
import { FailoverLockedError, LockContentionError } from '../errors.ts';
import { FailoverSchema } from '../failover.ts';
import type { LockRequest, LockVerdict } from '../locks.ts';
import type { TrailEntry } from '../trail.ts';

/** The input from the workflow; `now` in ISO 8601. */
export const AcquireLockSchema = object({
  failover: FailoverSchema,
  executionArn: string(),
  now: string(),
});

type AcquireLock = InferOutput<typeof AcquireLockSchema>;

/**
 * The result for the workflow: `locked`; `unlocked` for a dry run, which only reads and must keep
 * nobody from recovering; `cooling-down` for a trigger that comes too soon; `duplicate` when
 * another execution has this very failover. The fencing number is 0 where nothing is locked.
 */
export interface Acquisition {
  readonly outcome: 'locked' | 'unlocked' | 'cooling-down' | 'duplicate';
  readonly fencing: number;
  readonly reason: string;
}

/** The entry that makes the failover this execution's. */
export function claimEntry({ failover, executionArn, now }: AcquireLock): TrailEntry {
  return { failoverId: failover.failoverId, entryId: 'claim', at: now, executionArn, failover };
}

/** The resources to lock. */
export function toLockRequest({ failover, executionArn, now }: AcquireLock): LockRequest {
  const { failoverId, targets, isAutomatic, cooldownMinutes, approval } = failover;
  const approvalSeconds = approval.isRequired ? approval.timeoutSeconds : 0;
  return {
    failoverId,
    executionArn,
    targets,
    isAutomatic,
    cooldownMinutes,
    approvalSeconds,
    now: new Date(now),
  };
}

/**
 * Says what the workflow gets where the locks could not be taken.
 * @throws {FailoverLockedError} When somebody holds one of them.
 * @throws {LockContentionError} When they are free again: trying again helps.
 */
export function acquisitionOf(verdict: LockVerdict): Acquisition {
  switch (verdict.kind) {
    case 'ours':
      return { outcome: 'locked', fencing: verdict.fencing, reason: 'The lock was taken before' };
    case 'cooling-down':
      return { outcome: 'cooling-down', fencing: 0, reason: `Cooling down until ${verdict.until}` };
    case 'locked':
      throw new FailoverLockedError(`Another failover is under way: ${verdict.by}`);
    case 'free':
      throw new LockContentionError('Others take or free the same locks at this moment');
  }
}
