import { describe, expect, test } from '@jest/globals';
import { judgeLocks, type LockItem, type LockRequest, lockTransaction } from './locks.ts';

const request: LockRequest = {
  failoverId: 'fo-1',
  executionArn: 'arn:mine',
  targets: ['plan:web', 'aurora:web-data'],
  isAutomatic: false,
  cooldownMinutes: 60,
  approvalSeconds: 0,
  now: new Date('2026-11-22T10:00:00.000Z'),
};
const automatic = { ...request, isAutomatic: true };

function held(changes: Partial<LockItem> = {}): LockItem {
  return {
    target: 'plan:web',
    fencing: 4,
    holder: 'arn:other',
    failoverId: 'fo-0',
    acquiredAt: '2026-11-22T09:59:00.000Z',
    leaseExpiresAt: '2026-11-22T10:29:00.000Z',
    ...changes,
  };
}

function free(changes: Partial<LockItem> = {}): LockItem {
  return { target: 'plan:web', fencing: 4, ...changes };
}

describe('judgeLocks()', () => {
  test('begins to count where nobody was', () => {
    expect(judgeLocks([undefined, undefined], request)).toEqual({ kind: 'free', fencing: 1 });
  });

  test('lets the fencing number only grow, beyond that of every target', () => {
    expect(judgeLocks([free(), free({ fencing: 9 })], request)).toEqual({
      kind: 'free',
      fencing: 10,
    });
  });

  test('finds its own lock, whose answer was lost', () => {
    expect(judgeLocks([held({ holder: 'arn:mine' })], automatic)).toEqual({
      kind: 'ours',
      fencing: 4,
    });
  });

  test('says who holds it, and since when', () => {
    expect(judgeLocks([free(), held({ target: 'aurora:web-data' })], request)).toEqual({
      kind: 'locked',
      by: 'aurora:web-data is held by the failover fo-0 (arn:other) since 2026-11-22T09:59:00.000Z',
    });
  });

  test('takes over a lease that has run out', () => {
    const expired = held({ leaseExpiresAt: '2026-11-22T09:59:59.999Z' });

    expect(judgeLocks([expired], request)).toEqual({ kind: 'free', fencing: 5 });
    expect(judgeLocks([held({ leaseExpiresAt: request.now.toISOString() })], request).kind).toBe(
      'locked',
    );
  });

  test('waits for a call that a stopped run may still have under way', () => {
    const busy = free({ failoverId: 'fo-0', busyUntil: '2026-11-22T10:01:00.000Z' });

    expect(judgeLocks([busy], request)).toEqual({
      kind: 'locked',
      by: 'plan:web may still be changed by a call of the stopped failover fo-0 until 2026-11-22T10:01:00.000Z',
    });
    expect(judgeLocks([{ ...busy, busyUntil: '2026-11-22T09:59:00.000Z' }], request).kind).toBe(
      'free',
    );
  });

  test('cools down after an automatic start, for triggers alone', () => {
    const warm = free({ lastAutomaticStartAt: '2026-11-22T09:00:00.001Z' });

    expect(judgeLocks([warm], automatic)).toEqual({
      kind: 'cooling-down',
      until: '2026-11-22T10:00:00.001Z',
    });
    expect(judgeLocks([warm], request).kind).toBe('free');
    const cold = free({ lastAutomaticStartAt: '2026-11-22T09:00:00.000Z' });
    expect(judgeLocks([cold], automatic).kind).toBe('free');
  });

  test('cools down rather than be refused, while its own alarm’s run goes on', () => {
    const running = held({ lastAutomaticStartAt: '2026-11-22T09:59:00.000Z' });

    expect(judgeLocks([running], automatic).kind).toBe('cooling-down');
  });
});

describe('lockTransaction()', () => {
  const tables = { locks: 'Locks', failovers: 'Failovers' };

  test('refuses when anything is no longer as it was read, even a lease', () => {
    const { TransactItems: items = [] } = lockTransaction(tables, [free(), undefined], request, 5);

    expect(items.map((item) => Object.keys(item)[0])).toEqual([
      'Update',
      'Update',
      'Put',
      'ConditionCheck',
    ]);
    expect(items[0]?.Update?.ConditionExpression).toBe(
      'fencing = :seen AND (attribute_not_exists(holder) OR leaseExpiresAt < :now) AND (attribute_not_exists(busyUntil) OR busyUntil < :now)',
    );
    expect(items[1]?.Update?.ConditionExpression).toBe('attribute_not_exists(fencing)');
    expect(items[3]?.ConditionCheck?.Key).toEqual({ failoverId: 'fo-1', entryId: 'closing' });
  });

  test('leases for as long as a person may take to decide, and half an hour', () => {
    const [item] =
      lockTransaction(tables, [undefined], { ...request, approvalSeconds: 900 }, 1).TransactItems ??
      [];

    expect(item?.Update?.ExpressionAttributeValues).toMatchObject({
      ':until': '2026-11-22T10:45:00.000Z',
    });
  });

  test('remembers an automatic start on the plan’s lock alone', () => {
    const { TransactItems: items = [] } = lockTransaction(
      tables,
      [undefined, undefined],
      automatic,
      1,
    );

    expect(
      items.map((item) => item.Update?.UpdateExpression?.includes('lastAutomaticStartAt')),
    ).toEqual([true, false, undefined, undefined]);
  });
});
