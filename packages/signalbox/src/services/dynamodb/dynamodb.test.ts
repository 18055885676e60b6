import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { type DynamoDb, openDynamoDb } from './dynamodb.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };

let clock: TestClock;
let dynamodb: DynamoDb;

function open(): Promise<DynamoDb> {
  return openDynamoDb({
    clock,
    region: 'eu-central-1',
    accountId: '123456789012',
    openTables: undefined,
  });
}

function table(TableName: string, hash: string) {
  return {
    createTable: {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: hash, AttributeType: 'S' }],
      KeySchema: [{ AttributeName: hash, KeyType: 'HASH' }],
    },
  };
}

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  return { ...(await dynamodb.service.actions[action]!(input, caller)) };
}

async function get(TableName: string, Key: object) {
  return (await run('GetItem', { TableName, Key, ConsistentRead: true }))['Item'];
}

beforeEach(async () => {
  clock = createTestClock();
  dynamodb = await open();
  await dynamodb.createTable(table('Inventory', 'sku'));
  await dynamodb.createTable(table('Reservations', 'orderId'));
  await dynamodb.createTable(table('Approvals', 'orderId'));
  dynamodb.setTimeToLive({ ...table('Approvals', 'orderId'), timeToLiveAttribute: 'expiresAt' });
});

afterEach(() => dynamodb.close());

function reserve(orderId: string, more: object = {}) {
  return run('TransactWriteItems', {
    TransactItems: [
      {
        Update: {
          TableName: 'Inventory',
          Key: { sku: { S: 'A' } },
          UpdateExpression: 'SET available = available - :one',
          ConditionExpression: 'available >= :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
      },
      {
        Put: {
          TableName: 'Reservations',
          Item: { orderId: { S: orderId } },
          ConditionExpression: 'attribute_not_exists(orderId)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ],
    ...more,
  });
}

function stock(available: number) {
  const Item = { sku: { S: 'A' }, available: { N: String(available) } };
  return run('PutItem', { TableName: 'Inventory', Item });
}

test('a call after the end is refused, and is no bug', async () => {
  const other = await open();
  await other.close();
  const get = other.service.actions['GetItem'];
  const input = { TableName: 'Inventory', Key: { sku: { S: 'A' } } };
  await expect(get?.(input, caller)).rejects.toMatchObject({ name: 'InternalServerError' });
});

describe('items', () => {
  test('go through in the SDK shape, bytes included', async () => {
    const Item = {
      orderId: { S: '1' },
      B: { B: new Uint8Array([1, 2, 255]) },
      set: { BS: [new Uint8Array([7])] },
      nested: { M: { list: { L: [{ N: '1.5' }, { NULL: true }, { BOOL: false }] } } },
    };
    await run('PutItem', { TableName: 'Reservations', Item });

    expect(await get('Reservations', { orderId: { S: '1' } })).toEqual(Item);
  });

  test('may have 31 lists or maps around a value, and no more', async () => {
    const nested = (wrappers: number): object =>
      wrappers === 0 ? { S: 'x' } : { L: [{ M: { a: nested(wrappers - 2) } }] };
    const put = (wrappers: number) => {
      const Item = { orderId: { S: '1' }, deep: { M: { a: nested(wrappers) } } };
      return run('PutItem', { TableName: 'Reservations', Item });
    };

    await expect(put(30)).resolves.toEqual({});
    await expect(put(32)).rejects.toThrow('Nesting Levels have exceeded supported limits');
  });

  test('a refused condition has the item where it is asked for', async () => {
    await stock(3);
    const refused = (ReturnValuesOnConditionCheckFailure?: string) =>
      run('PutItem', {
        TableName: 'Inventory',
        Item: { sku: { S: 'A' } },
        ConditionExpression: 'attribute_not_exists(sku)',
        ReturnValuesOnConditionCheckFailure,
      });

    await expect(refused('ALL_OLD')).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      fields: { Item: { sku: { S: 'A' }, available: { N: '3' } } },
    });
    await expect(refused()).rejects.toMatchObject({ fields: {} });
  });

  test('a missing table and a wrong key are refused in DynamoDB words', async () => {
    await expect(get('Nowhere', { id: { S: '1' } })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    await expect(get('Inventory', { id: { S: '1' } })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The provided key element does not match the schema',
    });
  });
});

describe('TransactWriteItems', () => {
  test('twelve reservations at once of a stock of five: five succeed, none is left over', async () => {
    await stock(5);

    const orders = Array.from({ length: 12 }, (_, number) => reserve(`order-${number}`));
    const settledOrders = await Promise.allSettled(orders);

    const refused = settledOrders.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(7);
    for (const order of refused) {
      expect(order).toMatchObject({
        reason: {
          name: 'TransactionCanceledException',
          message:
            'Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]',
        },
      });
    }
    expect(await get('Inventory', { sku: { S: 'A' } })).toMatchObject({ available: { N: '0' } });
    const { Items } = await run('Scan', { TableName: 'Reservations' });
    expect(Items).toHaveLength(5);
  });

  test('a plain write beside transactions is never lost', async () => {
    await stock(100);
    const add = () =>
      run('UpdateItem', {
        TableName: 'Inventory',
        Key: { sku: { S: 'A' } },
        UpdateExpression: 'ADD available :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      });

    await Promise.all(
      Array.from({ length: 40 }, (_, number) => (number % 2 ? reserve(`o-${number}`) : add())),
    );

    expect(await get('Inventory', { sku: { S: 'A' } })).toMatchObject({ available: { N: '100' } });
  });

  test('says for each item why it was refused, with the item where it is asked for', async () => {
    await stock(5);
    await reserve('1');

    await expect(reserve('1')).rejects.toMatchObject({
      fields: {
        CancellationReasons: [
          { Code: 'None' },
          {
            Code: 'ConditionalCheckFailed',
            Message: 'The conditional request failed',
            Item: { orderId: { S: '1' } },
          },
        ],
      },
    });
    expect(await get('Inventory', { sku: { S: 'A' } })).toMatchObject({ available: { N: '4' } });
  });

  test('undoes what it wrote when a later write cannot be made', async () => {
    await stock(5);
    const key = { TableName: 'Reservations', Key: { orderId: { S: 'text' } } };
    const Item = { orderId: { S: 'text' }, count: { S: 'no number' } };
    await run('PutItem', { TableName: 'Reservations', Item });

    const transaction = run('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'Reservations', Item: { orderId: { S: 'new' } } } },
        { Delete: { TableName: 'Inventory', Key: { sku: { S: 'A' } } } },
        {
          Update: {
            ...key,
            UpdateExpression: 'ADD #count :one',
            ExpressionAttributeNames: { '#count': 'count' },
            ExpressionAttributeValues: { ':one': { N: '1' } },
          },
        },
      ],
    });

    await expect(transaction).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      fields: {
        CancellationReasons: [{ Code: 'None' }, { Code: 'None' }, { Code: 'ValidationError' }],
      },
    });
    expect(await get('Reservations', { orderId: { S: 'new' } })).toBeUndefined();
    expect(await get('Inventory', { sku: { S: 'A' } })).toMatchObject({ available: { N: '5' } });
  });

  test('a condition check writes nothing', async () => {
    await stock(1);
    const check = (ConditionExpression: string) => ({
      TransactItems: [
        {
          ConditionCheck: { TableName: 'Inventory', Key: { sku: { S: 'A' } }, ConditionExpression },
        },
      ],
    });

    await run('TransactWriteItems', check('attribute_exists(sku)'));
    await expect(
      run('TransactWriteItems', check('attribute_not_exists(sku)')),
    ).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(await get('Inventory', { sku: { S: 'A' } })).toMatchObject({ available: { N: '1' } });
  });

  test('returns the same token again without writing, for ten minutes', async () => {
    await stock(5);
    const ClientRequestToken = 'token-1';
    await reserve('1', { ClientRequestToken });
    await reserve('1', { ClientRequestToken });
    expect(await get('Inventory', { sku: { S: 'A' } })).toMatchObject({ available: { N: '4' } });

    await expect(reserve('2', { ClientRequestToken })).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
    await clock.advance(600_000);
    await expect(reserve('2', { ClientRequestToken })).resolves.toEqual({});
  });

  test('refuses the same item twice, no items, and two actions in one', async () => {
    const put = { Put: { TableName: 'Inventory', Item: { sku: { S: 'A' } } } };
    const write = (TransactItems: object[]) => run('TransactWriteItems', { TransactItems });

    await expect(write([put, put])).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Transaction request cannot include multiple operations on one item',
    });
    await expect(write([])).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      write(
        Array.from({ length: 101 }, (_, n) => ({
          Put: { TableName: 'Inventory', Item: { sku: { S: `${n}` } } },
        })),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    const Delete = { TableName: 'Inventory', Key: { sku: { S: 'B' } } };
    await expect(write([{ ...put, Delete }])).rejects.toMatchObject({
      message: 'TransactItems can only contain one of Check, Put, Update or Delete',
    });
  });

  test('counts twice the capacity by table', async () => {
    await stock(5);

    expect(await reserve('1', { ReturnConsumedCapacity: 'TOTAL' })).toEqual({
      ConsumedCapacity: [
        { TableName: 'Inventory', CapacityUnits: 2 },
        { TableName: 'Reservations', CapacityUnits: 2 },
      ],
    });
  });
});

describe('TransactGetItems', () => {
  test('returns each item in its place', async () => {
    await stock(2);
    const read = (sku: string) => ({ Get: { TableName: 'Inventory', Key: { sku: { S: sku } } } });

    expect(await run('TransactGetItems', { TransactItems: [read('B'), read('A')] })).toEqual({
      Responses: [{}, { Item: { sku: { S: 'A' }, available: { N: '2' } } }],
    });
  });
});

describe('time to live', () => {
  const expiresAt = { N: String(Date.parse('2026-01-05T10:01:00Z') / 1000) };

  test('hides an item from every read when its time has come', async () => {
    await run('PutItem', { TableName: 'Approvals', Item: { orderId: { S: '1' }, expiresAt } });
    expect(await get('Approvals', { orderId: { S: '1' } })).toBeDefined();

    await clock.advance(60_000);

    expect(await run('Scan', { TableName: 'Approvals' })).toMatchObject({
      Count: 0,
      ScannedCount: 0,
    });
    expect(await get('Approvals', { orderId: { S: '1' } })).toBeUndefined();
  });

  test('counts an expired item as absent for a condition', async () => {
    const Item = { orderId: { S: '1' }, expiresAt };
    await run('PutItem', { TableName: 'Approvals', Item });
    await clock.advance(60_000);

    const ConditionExpression = 'attribute_not_exists(orderId)';
    await run('PutItem', {
      TableName: 'Approvals',
      Item: { orderId: { S: '1' } },
      ConditionExpression,
    });

    expect(await get('Approvals', { orderId: { S: '1' } })).toEqual({ orderId: { S: '1' } });
  });

  test('is switched on and described over the API', async () => {
    const TimeToLiveSpecification = { Enabled: true, AttributeName: 'until' };
    const update = () =>
      run('UpdateTimeToLive', { TableName: 'Inventory', TimeToLiveSpecification });
    expect(await run('DescribeTimeToLive', { TableName: 'Inventory' })).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' },
    });

    await update();

    expect(await run('DescribeTimeToLive', { TableName: 'Inventory' })).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'until' },
    });
    await expect(update()).rejects.toMatchObject({ message: 'TimeToLive is already enabled' });
  });
});

describe('tables', () => {
  test('CreateTable and DescribeTable return dates and ARNs of the account', async () => {
    const { Table } = await run('DescribeTable', { TableName: 'Inventory' });

    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/Inventory',
      CreationDateTime: expect.any(Date),
    });
  });

  test('a query over an index pages', async () => {
    await dynamodb.createTable({
      createTable: {
        TableName: 'Orders',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['orderId', 'userId', 'placedAt'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byUser',
            KeySchema: [
              { AttributeName: 'userId', KeyType: 'HASH' },
              { AttributeName: 'placedAt', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      },
    });
    for (const day of ['03', '01', '02']) {
      const Item = { orderId: { S: day }, userId: { S: 'u' }, placedAt: { S: `2026-01-${day}` } };
      await run('PutItem', { TableName: 'Orders', Item });
    }
    const page = (ExclusiveStartKey?: unknown) =>
      run('Query', {
        TableName: 'Orders',
        IndexName: 'byUser',
        KeyConditionExpression: 'userId = :u',
        ExpressionAttributeValues: { ':u': { S: 'u' } },
        ScanIndexForward: false,
        Limit: 2,
        ExclusiveStartKey,
      });

    const first = await page();
    const second = await page(first['LastEvaluatedKey']);

    expect(first).toMatchObject({ Items: [{ orderId: { S: '03' } }, { orderId: { S: '02' } }] });
    expect(second).toMatchObject({ Count: 1, Items: [{ orderId: { S: '01' } }] });
  });
});
