import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../../../core/test-clock.ts';
import { type DynamoDb, openDynamoDb } from '../dynamodb.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const START_MS = Date.UTC(2026, 0, 1);

let clock: TestClock;
let dynamodb: DynamoDb;
let streamArn: string;

async function run(action: string, input: object): Promise<Record<string, unknown>> {
  return { ...(await dynamodb.service.actions[action]?.(input, caller)) };
}

async function runStreams(action: string, input: object): Promise<Record<string, unknown>> {
  return { ...(await dynamodb.streamsService.actions[action]?.(input, caller)) };
}

async function createStreamed(TableName: string, StreamViewType: string): Promise<string> {
  const { TableDescription } = await run('CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    StreamSpecification: { StreamEnabled: true, StreamViewType },
  });
  let status: unknown;
  while (status !== 'ACTIVE') {
    await new Promise(setImmediate);
    status = Object((await run('DescribeTable', { TableName }))['Table']).TableStatus;
  }
  return Object(TableDescription).LatestStreamArn;
}

async function shardOf(StreamArn: string): Promise<Record<string, unknown>> {
  const { StreamDescription } = await runStreams('DescribeStream', { StreamArn });
  return Object(StreamDescription).Shards[0];
}

async function iterator(StreamArn: string, more: object): Promise<unknown> {
  const { ShardId } = await shardOf(StreamArn);
  const output = await runStreams('GetShardIterator', { StreamArn, ShardId, ...more });
  return output['ShardIterator'];
}

async function records(StreamArn = streamArn): Promise<Record<string, unknown>[]> {
  const ShardIterator = await iterator(StreamArn, { ShardIteratorType: 'TRIM_HORIZON' });
  const { Records } = await runStreams('GetRecords', { ShardIterator });
  return Array.isArray(Records) ? Records : [];
}

/** What became of which item, in the order of the records. */
async function changes(StreamArn = streamArn): Promise<string[]> {
  const found = await records(StreamArn);
  return found.map(({ eventName, dynamodb: { Keys } = Object() }) => `${eventName} ${Keys.id.S}`);
}

const put = (id: string, more: object = {}, TableName = 'Orders') =>
  run('PutItem', { TableName, Item: { id: { S: id }, ...more } });

beforeEach(async () => {
  clock = createTestClock(new Date(START_MS).toISOString());
  const place = { region: 'eu-central-1', accountId: '123456789012' };
  dynamodb = await openDynamoDb({ clock, ...place, openTables: undefined });
  streamArn = await createStreamed('Orders', 'NEW_AND_OLD_IMAGES');
});

afterEach(() => dynamodb.close());

describe('a stream', () => {
  test('tells of every write in its order, with the item before and after', async () => {
    await put('a', { n: { N: '1' } });
    await put('a', { n: { N: '2' }, b: { B: new Uint8Array([1, 2]) } });
    await run('DeleteItem', { TableName: 'Orders', Key: { id: { S: 'a' } } });
    const [inserted, modified, removed] = await records();
    expect(inserted).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-central-1',
      dynamodb: {
        ApproximateCreationDateTime: new Date(START_MS),
        Keys: { id: { S: 'a' } },
        NewImage: { id: { S: 'a' }, n: { N: '1' } },
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        SizeBytes: 9,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(modified).toMatchObject({
      eventName: 'MODIFY',
      dynamodb: {
        OldImage: { n: { N: '1' } },
        NewImage: { n: { N: '2' }, b: { B: new Uint8Array([1, 2]) } },
      },
    });
    expect(removed).toMatchObject({
      eventName: 'REMOVE',
      dynamodb: { OldImage: { n: { N: '2' } } },
    });
    expect(Object(removed).dynamodb).not.toHaveProperty('NewImage');
  });

  test('tells nothing of a write that changes nothing, a refused one and a read', async () => {
    await put('a', { tags: { SS: ['x', 'y'] } });
    await put('a', { tags: { SS: ['y', 'x'] } });
    await run('UpdateItem', {
      TableName: 'Orders',
      Key: { id: { S: 'a' } },
      UpdateExpression: 'SET tags = tags',
    });
    await run('DeleteItem', { TableName: 'Orders', Key: { id: { S: 'nobody' } } });
    await expect(
      run('PutItem', {
        TableName: 'Orders',
        Item: { id: { S: 'a' } },
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await run('Scan', { TableName: 'Orders' });
    expect(await changes()).toEqual(['INSERT a']);
  });

  test('tells of batches and transactions, and of none that fails', async () => {
    await run('BatchWriteItem', {
      RequestItems: { Orders: [{ PutRequest: { Item: { id: { S: 'a' } } } }] },
    });
    const one = {
      Update: {
        TableName: 'Orders',
        Key: { id: { S: 'b' } },
        UpdateExpression: 'SET n = :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      },
    };
    const other = {
      Delete: {
        TableName: 'Orders',
        Key: { id: { S: 'a' } },
        ConditionExpression: 'attribute_exists(id)',
      },
    };
    await run('TransactWriteItems', { TransactItems: [one, other] });
    await expect(
      run('TransactWriteItems', {
        TransactItems: [{ Put: { TableName: 'Orders', Item: { id: { S: 'c' } } } }, other],
      }),
    ).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(await changes()).toEqual(['INSERT a', 'INSERT b', 'REMOVE a']);
  });

  test('says that the service itself deletes what has expired', async () => {
    const TimeToLiveSpecification = { Enabled: true, AttributeName: 'expiresAt' };
    await run('UpdateTimeToLive', { TableName: 'Orders', TimeToLiveSpecification });
    await put('a', { expiresAt: { N: String(START_MS / 1000 + 60) } });
    await clock.advance(61_000);
    await run('GetItem', { TableName: 'Orders', Key: { id: { S: 'a' } } });
    expect((await records()).at(-1)).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' },
    });
  });

  test.each([
    ['KEYS_ONLY', []],
    ['NEW_IMAGE', ['NewImage']],
    ['OLD_IMAGE', ['OldImage']],
    ['NEW_AND_OLD_IMAGES', ['NewImage', 'OldImage']],
  ])('of view %s shows %j', async (view, images) => {
    const arn = await createStreamed('Other', view);
    await put('a', {}, 'Other');
    await put('a', { n: { N: '1' } }, 'Other');
    const [, modified] = await records(arn);
    const shown = Object.keys(Object(modified).dynamodb).filter((name) => name.endsWith('Image'));
    expect(shown.sort()).toEqual(images);
  });

  test('is read from four places, page by page', async () => {
    await put('a');
    await put('b');
    const latest = await iterator(streamArn, { ShardIteratorType: 'LATEST' });
    await put('c');
    const [, second] = await records();
    const { SequenceNumber } = Object(second).dynamodb;
    const read = async (ShardIterator: unknown, Limit = 1) => {
      const { Records, NextShardIterator } = await runStreams('GetRecords', {
        ShardIterator,
        Limit,
      });
      return {
        ids: Object(Records).map((record: object) => Object(record).dynamodb.Keys.id.S),
        NextShardIterator,
      };
    };
    expect((await read(latest)).ids).toEqual(['c']);
    const at = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber };
    expect((await read(await iterator(streamArn, at))).ids).toEqual(['b']);
    const after = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber };
    const last = await read(await iterator(streamArn, after));
    expect(last.ids).toEqual(['c']);
    expect((await read(last.NextShardIterator)).ids).toEqual([]);
    expect(
      (await read(await iterator(streamArn, { ShardIteratorType: 'TRIM_HORIZON' }), 2)).ids,
    ).toEqual(['a', 'b']);
  });

  test('keeps records for a day', async () => {
    await put('a');
    await clock.advance(24 * 3_600_000 + 1000);
    await put('b');
    expect(await changes()).toEqual(['INSERT b']);
  });
});

// Recorded on AWS.
describe('a stream of UpdateTable', () => {
  const update = (StreamSpecification: object) =>
    run('UpdateTable', { TableName: 'Orders', StreamSpecification });

  test.each([
    [
      { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      'Table already has an enabled stream: TableName: Orders',
    ],
    [
      { StreamEnabled: true },
      'One or more parameter values were invalid: If stream is being enabled then UpdateViewType is required',
    ],
    [
      { StreamEnabled: false, StreamViewType: 'KEYS_ONLY' },
      'One or more parameter values were invalid: If stream is being disabled, then UpdateViewType must not be specified',
    ],
  ])('is refused where it is %j', async (wish, message) => {
    await expect(update(wish)).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  test('ends, can still be read to its end, and another one begins', async () => {
    await put('a');
    await update({ StreamEnabled: false });
    await put('b');
    const { Table } = await run('DescribeTable', { TableName: 'Orders' });
    expect(Table).toMatchObject({ LatestStreamArn: streamArn });
    expect(Table).not.toHaveProperty('StreamSpecification');
    await expect(update({ StreamEnabled: false })).rejects.toMatchObject({
      message: 'Table has no stream to disable: TableName: Orders',
    });
    expect(await changes()).toEqual(['INSERT a']);
    const ShardIterator = await iterator(streamArn, { ShardIteratorType: 'TRIM_HORIZON' });
    expect(await runStreams('GetRecords', { ShardIterator })).not.toHaveProperty(
      'NextShardIterator',
    );
    const { TableDescription } = await update({ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' });
    const { LatestStreamArn } = Object(TableDescription);
    expect(LatestStreamArn).not.toBe(streamArn);
    await put('c');
    expect(await changes(LatestStreamArn)).toEqual(['INSERT c']);
    const { Streams } = await runStreams('ListStreams', { TableName: 'Orders' });
    expect(Streams).toHaveLength(2);
  });
});

describe('the API of streams', () => {
  test('describes a stream', async () => {
    const { StreamDescription } = await runStreams('DescribeStream', { StreamArn: streamArn });
    expect(StreamDescription).toEqual({
      StreamArn: streamArn,
      StreamLabel: '2026-01-01T00:00:00.000',
      StreamStatus: 'ENABLED',
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      CreationRequestDateTime: new Date(START_MS),
      TableName: 'Orders',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      Shards: [
        {
          ShardId: expect.stringMatching(/^shardId-\d{20}-\w{8}$/),
          SequenceNumberRange: { StartingSequenceNumber: expect.stringMatching(/^\d{21}$/) },
        },
      ],
    });
  });

  test('refuses what is not there, and an iterator of long ago', async () => {
    const gone = `${streamArn}9`;
    await expect(runStreams('DescribeStream', { StreamArn: gone })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Requested resource not found: Stream: ${gone} not found`,
    });
    const ShardIterator = await iterator(streamArn, { ShardIteratorType: 'LATEST' });
    await clock.advance(16 * 60_000);
    await expect(runStreams('GetRecords', { ShardIterator })).rejects.toMatchObject({
      name: 'ExpiredIteratorException',
    });
    await expect(runStreams('GetRecords', { ShardIterator: 'x' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
