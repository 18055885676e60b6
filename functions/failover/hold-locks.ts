import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents, isConditionRefused } from '../shared/dynamodb.ts';
import { LockLostError } from './errors.ts';
import { freeUpdate, type Hold, idleUpdate, renewUpdate } from './locks.ts';

/**
 * Renews the leases of all of the run's locks; those of `busy` also say that a call to them comes.
 * @throws {LockLostError} When one of them is no longer the run's: then nothing may be changed.
 */
export async function renewLocks(
  tableName: string,
  targets: readonly string[],
  hold: Hold,
  { now, busy }: { readonly now: Date; readonly busy: readonly string[] },
): Promise<void> {
  const renewed = await Promise.all(
    targets.map((target) =>
      updated(renewUpdate(tableName, target, hold, { now, isBusy: busy.includes(target) })),
    ),
  );
  const lost = targets.filter((_, index) => renewed[index] === false);
  if (lost.length > 0) {
    throw new LockLostError(`The lock on ${lost.join(', ')} is no longer this failover's`);
  }
}

/** Says that no call to the targets is under way any more. */
export async function idleLocks(
  tableName: string,
  targets: readonly string[],
  hold: Hold,
): Promise<void> {
  await Promise.all(targets.map((target) => updated(idleUpdate(tableName, target, hold))));
}

/** Frees the locks that are still the run's; returns which they were. See `freeUpdate` for the options. */
export async function freeLocks(
  tableName: string,
  targets: readonly string[],
  hold: Hold,
  options: { readonly forgetsStart: boolean },
): Promise<readonly string[]> {
  const freed = await Promise.all(
    targets.map((target) => updated(freeUpdate(tableName, target, hold, options))),
  );
  return targets.filter((_, index) => freed[index] === true);
}

async function updated(input: UpdateCommandInput): Promise<boolean> {
  try {
    await documents.send(new UpdateCommand(input));
    return true;
  } catch (error) {
    if (isConditionRefused(error)) return false;
    throw error;
  }
}
