import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { type DynamoDb, openDynamoDb } from './dynamodb.ts';

const MINUTE = 60_000;
const caller = { arn: 'arn:aws:iam::123456789012:root' };
const createTable = {
  TableName: 'Orders',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'orderId', AttributeType: 'S' },
    { AttributeName: 'userId', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byUser',
      KeySchema: [{ AttributeName: 'userId', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

let clock: TestClock;
let dynamodb: DynamoDb;

beforeEach(async () => {
  clock = createTestClock();
  dynamodb = await openDynamoDb({
    clock,
    region: 'eu-central-1',
    accountId: '123456789012',
    openTables: undefined,
  });
  await dynamodb.createTable({ createTable });
  await dynamodb.setPointInTimeRecovery({ createTable, isRecoverable: true, replicas: [] });
});
afterEach(() => dynamodb.close());

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  return { ...(await dynamodb.service.actions[action]?.(input, caller)) };
}

const put = (orderId: string, status: string) =>
  run('PutItem', {
    TableName: 'Orders',
    Item: { orderId: { S: orderId }, userId: { S: 'ada' }, status: { S: status } },
  });

const restore = (input: object) =>
  run('RestoreTableToPointInTime', {
    SourceTableName: 'Orders',
    TargetTableName: 'Restored',
    ...input,
  });

async function restored(IndexName?: string): Promise<unknown> {
  const { Items } = await run('Query', {
    TableName: 'Restored',
    IndexName: IndexName ?? 'byUser',
    KeyConditionExpression: 'userId = :ada',
    ExpressionAttributeValues: { ':ada': { S: 'ada' } },
  });
  return Items;
}

describe('a table with point-in-time recovery', () => {
  test('comes back beside itself as it was, whatever was put, changed and deleted since', async () => {
    await put('changed', 'before');
    await put('deleted', 'before');
    const at = clock.now();
    await clock.advance(MINUTE);
    await put('changed', 'after');
    await put('new', 'after');
    await run('DeleteItem', { TableName: 'Orders', Key: { orderId: { S: 'deleted' } } });
    await clock.advance(5 * MINUTE);

    await restore({ RestoreDateTime: at });

    expect(await restored()).toEqual(
      expect.arrayContaining([
        { orderId: { S: 'changed' }, userId: { S: 'ada' }, status: { S: 'before' } },
        { orderId: { S: 'deleted' }, userId: { S: 'ada' }, status: { S: 'before' } },
      ]),
    );
    expect(await restored()).toHaveLength(2);
  });

  test('comes back from a transaction that stood, and remembers none that did not', async () => {
    await put('order', 'before');
    const at = clock.now();
    await clock.advance(MINUTE);
    const change = (status: string, condition: string) =>
      run('TransactWriteItems', {
        TransactItems: [
          {
            Update: {
              TableName: 'Orders',
              Key: { orderId: { S: 'order' } },
              UpdateExpression: 'SET #s = :s',
              ConditionExpression: condition,
              ExpressionAttributeNames: { '#s': 'status' },
              ExpressionAttributeValues: { ':s': { S: status } },
            },
          },
        ],
      });
    await change('refused', 'attribute_not_exists(orderId)').catch(() => undefined);
    await change('after', 'attribute_exists(orderId)');
    await clock.advance(10 * MINUTE);

    await restore({ RestoreDateTime: at });

    expect(await restored()).toMatchObject([{ status: { S: 'before' } }]);
  });

  test('tells how far back it reaches, and comes back to no other time', async () => {
    const since = clock.now();
    await clock.advance(20 * MINUTE);

    expect(await run('DescribeContinuousBackups', { TableName: 'Orders' })).toMatchObject({
      ContinuousBackupsDescription: {
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: 'ENABLED',
          EarliestRestorableDateTime: since,
          LatestRestorableDateTime: new Date(clock.now().getTime() - 5 * MINUTE),
        },
      },
    });
    for (const RestoreDateTime of [new Date(since.getTime() - 1), clock.now()]) {
      await expect(restore({ RestoreDateTime })).rejects.toMatchObject({
        name: 'InvalidRestoreTimeException',
      });
    }
  });

  test('is refused without it, without a source, and over a table that is there', async () => {
    await expect(restore({ SourceTableName: 'None' })).rejects.toMatchObject({
      name: 'TableNotFoundException',
    });
    await expect(
      restore({ TargetTableName: 'Orders', UseLatestRestorableTime: true }),
    ).rejects.toMatchObject({ name: 'TableAlreadyExistsException' });
    await run('UpdateContinuousBackups', {
      TableName: 'Orders',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    });
    await expect(restore({ UseLatestRestorableTime: true })).rejects.toMatchObject({
      name: 'PointInTimeRecoveryUnavailableException',
    });
  });
});
