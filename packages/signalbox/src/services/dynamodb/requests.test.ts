import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import { type DynamoDb, openDynamoDb } from './dynamodb.ts';

const ARN = 'arn:aws:dynamodb:eu-central-1:123456789012:table/Items';

let dynamodb: DynamoDb;

beforeAll(async () => {
  dynamodb = await openDynamoDb({
    clock: createTestClock(),
    region: 'eu-central-1',
    accountId: '123456789012',
    openTables: undefined,
  });
  const createTable = {
    TableName: 'Items',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['id', 'group'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byGroup',
        KeySchema: [{ AttributeName: 'group', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
  await dynamodb.createTable({ createTable });
  dynamodb.setDeletionProtection({ createTable, isDeletionProtected: true });
});

afterAll(() => dynamodb.close());

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  const caller = { arn: 'arn:aws:iam::123456789012:root' };
  return { ...(await dynamodb.service.actions[action]?.(input, caller)) };
}

const put = (Item: object) => run('PutItem', { TableName: 'Items', Item });

describe("a template's table", () => {
  test('has its encryption and class described, and loses them with the template', async () => {
    const createTable = { TableName: 'Items' };
    dynamodb.setSettings({
      createTable,
      settings: { SSESpecification: { Enabled: true }, TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    });
    const { Table } = await run('DescribeTable', createTable);
    expect(Table).toMatchObject({
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    });
    dynamodb.setSettings({ createTable, settings: {} });
    const later = await run('DescribeTable', createTable);
    expect(Object.keys(Object(later['Table']))).not.toContain('SSEDescription');
  });
});

describe('a request to DynamoDB', () => {
  test('names a table by its ARN, in every action', async () => {
    await run('PutItem', { TableName: ARN, Item: { id: { S: 'arn' } } });
    const Key = { id: { S: 'arn' } };
    const { Item } = await run('GetItem', { TableName: ARN, Key });
    const { Responses } = await run('BatchGetItem', { RequestItems: { [ARN]: { Keys: [Key] } } });
    const found = await run('TransactGetItems', {
      TransactItems: [{ Get: { TableName: ARN, Key } }],
    });
    await run('DescribeTimeToLive', { TableName: ARN });
    expect([Item, Responses, found['Responses']]).toEqual([Key, { Items: [Key] }, [{ Item: Key }]]);
  });

  test('takes a number with a plus, alone and in a set', async () => {
    await put({ id: { S: 'plus' }, one: { N: '+1E6' }, all: { NS: ['+2', '3'] } });
    const { Item } = await run('GetItem', { TableName: 'Items', Key: { id: { S: 'plus' } } });
    expect(Item).toMatchObject({ one: { N: '1000000' }, all: { NS: ['2', '3'] } });
  });

  test('does not put an empty key into an index', async () => {
    const empty = {
      name: 'ValidationException',
      message: expect.stringContaining(
        'cannot contain an empty string value. IndexName: byGroup, IndexKey: group',
      ),
    };
    const Put = { TableName: 'Items', Item: { id: { S: 'e' }, group: { S: '' } } };
    await expect(put(Put.Item)).rejects.toMatchObject(empty);
    await expect(run('TransactWriteItems', { TransactItems: [{ Put }] })).rejects.toMatchObject(
      empty,
    );
    await expect(
      run('UpdateItem', {
        TableName: 'Items',
        Key: { id: { S: 'e' } },
        UpdateExpression: 'SET #g = :e',
        ExpressionAttributeNames: { '#g': 'group' },
        ExpressionAttributeValues: { ':e': { S: '' } },
      }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('attempted to update a secondary index key'),
    });
  });

  test.each([
    [
      { IndexName: 'byGroup', ConsistentRead: true },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [{ Segment: 0 }, 'The TotalSegments parameter is required but was not present'],
    [
      { Select: 'COUNT', ProjectionExpression: 'id' },
      'Cannot specify the ProjectionExpression when choosing to get only the Count',
    ],
    [
      { Select: 'SPECIFIC_ATTRIBUTES' },
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    ],
    [
      { Select: 'ALL_PROJECTED_ATTRIBUTES' },
      'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
    ],
  ])('of a scan fits together: %j', async (input, message) => {
    await expect(run('Scan', { TableName: 'Items', ...input })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  test('is the same as another with its token when only the order of members differs', async () => {
    const write = (Item: object) =>
      run('TransactWriteItems', {
        ClientRequestToken: 'one',
        TransactItems: [{ Put: { TableName: 'Items', Item } }],
      });
    await write({ id: { S: 't' }, text: { S: 'x' } });
    await write({ text: { S: 'x' }, id: { S: 't' } });
    await expect(write({ text: { S: 'y' }, id: { S: 't' } })).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
  });

  test.each(['Create', 'Delete'])(
    'refuses to %s an index of a table, which had no effect',
    async (kind) => {
      const GlobalSecondaryIndexUpdates = [{ [kind]: { IndexName: 'ByText' } }];
      await expect(
        run('UpdateTable', { TableName: 'Items', GlobalSecondaryIndexUpdates }),
      ).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(`GlobalSecondaryIndexUpdates.${kind} is not rehearsed`),
      });
    },
  );

  test('deletes a protected table only after the protection is taken off', async () => {
    await expect(run('DeleteTable', { TableName: 'Items' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('currently protected against deletion'),
    });
    await run('UpdateTable', { TableName: 'Items', DeletionProtectionEnabled: false });
    const { Table } = await run('DescribeTable', { TableName: 'Items' });
    expect(Table).toMatchObject({ DeletionProtectionEnabled: false });
    const { TableDescription } = await run('DeleteTable', { TableName: ARN });
    expect(TableDescription).toMatchObject({ TableStatus: 'DELETING' });
  });
});
