import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'valibot';
import {
  openTestDatabase,
  type TestDatabase,
  tableWithKey,
  writeResult,
} from '../shared/test-database.ts';
import { drillPut } from './close-failover/close-failover.ts';
import {
  freeUpdate,
  idleUpdate,
  judgeLocks,
  type LockItem,
  LockItemSchema,
  type LockRequest,
  lockTransaction,
  renewUpdate,
} from './locks.ts';
import { entryPut } from './trail.ts';

/*
 * The test database has no transactions: those of the locks are made one after the other, which is
 * enough to see what each of their conditions takes and refuses.
 */

let database: TestDatabase;
let documents: DynamoDBDocumentClient;

beforeAll(async () => {
  database = await openTestDatabase();
  documents = database.documents;
});
afterAll(() => database.close());
beforeEach(() =>
  database.recreate([
    tableWithKey('Locks', ['target']),
    tableWithKey('Failovers', ['failoverId', 'entryId']),
  ]),
);

const REFUSED = 'ConditionalCheckFailedException';

const put = (input: PutCommandInput) => writeResult(documents.send(new PutCommand(input)));
const update = (input: UpdateCommandInput) => writeResult(documents.send(new UpdateCommand(input)));

async function lockItem(): Promise<LockItem | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: 'Locks', Key: { target: 'plan:web' } }),
  );
  return Item === undefined ? undefined : parse(LockItemSchema, Item);
}

function requestOf(executionArn: string, now: string): LockRequest {
  return {
    failoverId: `of-${executionArn}`,
    executionArn,
    targets: ['plan:web'],
    isAutomatic: true,
    cooldownMinutes: 0,
    approvalSeconds: 0,
    now: new Date(now),
  };
}

/** Takes the lock as it was seen; returns what the lock's own write came to. */
async function take(request: LockRequest, seen: LockItem | undefined, fencing: number) {
  const tables = { locks: 'Locks', failovers: 'Failovers' };
  const { TransactItems: items = [] }: TransactWriteCommandInput = lockTransaction(
    tables,
    [seen],
    request,
    fencing,
  );
  const lock = items[0]?.Update;
  if (lock === undefined) throw new Error('The first write is the lock');
  return update(lock);
}

const mine = { executionArn: 'arn:mine', fencing: 1 };
const now = new Date('2026-11-22T10:00:00.000Z');

describe('a lock', () => {
  test('is taken once, and by the next only when it is free', async () => {
    const first = requestOf('arn:mine', '2026-11-22T10:00:00.000Z');
    const second = requestOf('arn:other', '2026-11-22T10:00:01.000Z');

    expect(await take(first, undefined, 1)).toBe('written');
    expect(await take(second, undefined, 1)).toBe(REFUSED);
    expect(await take(second, await lockItem(), 2)).toBe(REFUSED);
    expect(await update(freeUpdate('Locks', 'plan:web', mine))).toBe('written');
    expect(await take(second, await lockItem(), 2)).toBe('written');
    expect(await lockItem()).toMatchObject({ holder: 'arn:other', fencing: 2 });
  });

  test('is not taken over by who saw its lease run out before it was renewed', async () => {
    await take(requestOf('arn:mine', '2026-11-22T09:00:00.000Z'), undefined, 1);
    const late = requestOf('arn:other', '2026-11-22T09:31:00.000Z');
    const seen = await lockItem();
    expect(judgeLocks([seen], late).kind).toBe('free');

    const renewal = { now: new Date('2026-11-22T09:30:59.000Z'), isBusy: false };
    expect(await update(renewUpdate('Locks', 'plan:web', mine, renewal))).toBe('written');

    expect(await take(late, seen, 2)).toBe(REFUSED);
  });

  test('that was taken over refuses its former holder everything', async () => {
    await take(requestOf('arn:mine', '2026-11-22T09:00:00.000Z'), undefined, 1);
    await take(requestOf('arn:other', '2026-11-22T10:00:00.000Z'), await lockItem(), 2);

    expect(await update(renewUpdate('Locks', 'plan:web', mine, { now, isBusy: true }))).toBe(
      REFUSED,
    );
    expect(await update(idleUpdate('Locks', 'plan:web', mine))).toBe(REFUSED);
    expect(await update(freeUpdate('Locks', 'plan:web', mine))).toBe(REFUSED);
    expect(await lockItem()).toMatchObject({ holder: 'arn:other' });
  });

  test('starts no cool-down for a trigger that was refused, and one for any other', async () => {
    const trigger = { ...requestOf('arn:mine', now.toISOString()), cooldownMinutes: 60 };
    const next = { ...requestOf('arn:other', '2026-11-22T10:00:10.000Z'), cooldownMinutes: 60 };
    await take(trigger, undefined, 1);
    await update(freeUpdate('Locks', 'plan:web', mine));
    expect(judgeLocks([await lockItem()], next).kind).toBe('cooling-down');

    const hold = { ...mine, fencing: 2 };
    const later = { ...trigger, now: new Date('2026-11-23T10:00:00.000Z') };
    await take(later, await lockItem(), 2);
    await update(freeUpdate('Locks', 'plan:web', hold, { forgetsStart: true }));

    const afterThat = { ...next, now: new Date('2026-11-23T10:00:10.000Z') };
    expect(judgeLocks([await lockItem()], afterThat).kind).toBe('free');
  });

  test('keeps the next run waiting for a call that outlives its run', async () => {
    await take(requestOf('arn:mine', '2026-11-22T10:00:00.000Z'), undefined, 1);
    await update(renewUpdate('Locks', 'plan:web', mine, { now, isBusy: true }));
    await update(freeUpdate('Locks', 'plan:web', mine));
    const next = requestOf('arn:other', '2026-11-22T10:00:10.000Z');

    expect(await take(next, await lockItem(), 2)).toBe(REFUSED);
    expect(judgeLocks([await lockItem()], next).kind).toBe('locked');
    expect(await update(idleUpdate('Locks', 'plan:web', mine))).toBe('written');
    expect(await take(next, await lockItem(), 2)).toBe('written');
  });
});

describe('the trail', () => {
  test('keeps the first entry of an id', async () => {
    const entry = { failoverId: 'fo-1', entryId: 'closed', at: '2026' };

    expect(await put(entryPut('Failovers', entry))).toBe('written');
    expect(await put(entryPut('Failovers', { ...entry, at: '2027' }))).toBe(REFUSED);
  });

  test('remembers the latest drill of a scenario', async () => {
    const failover = { plan: 'web', scenario: 'database' };

    expect(await put(drillPut('Failovers', 'fo-1', failover, '2026-11-22'))).toBe('written');
    expect(await put(drillPut('Failovers', 'fo-0', failover, '2026-10-22'))).toBe(REFUSED);
    expect(await put(drillPut('Failovers', 'fo-2', failover, '2026-12-22'))).toBe('written');
  });
});
