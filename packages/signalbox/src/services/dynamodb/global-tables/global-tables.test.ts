import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { settlePromises } from '../../../core/test-clock.ts';
import { openTestRegions, type TestRegions } from './test-regions.ts';

const EAST = 'us-east-1';
const WEST = 'us-west-2';
const EUROPE = 'eu-west-1';

let regions: TestRegions;

beforeEach(async () => {
  regions = await openTestRegions();
  await regions.createTable(EAST, [WEST]);
});
afterEach(() => regions.close());

const put = (region: string, id: string, n: number) =>
  regions.run(region, 'PutItem', { Item: { id: { S: id }, n: { N: String(n) } } });
const remove = (region: string, id: string) =>
  regions.run(region, 'DeleteItem', { Key: { id: { S: id } } });
const text = (id: string, n: number) => `{"id":{"S":"${id}"},"n":{"N":"${n}"}}`;
const updateReplicas = (region: string, ...ReplicaUpdates: readonly object[]) =>
  regions.run(region, 'UpdateTable', { ReplicaUpdates });
const described = async (region: string) =>
  Object((await regions.run(region, 'DescribeTable'))['Table']);
/** What a table is, or why it cannot be described, once it is deleted no longer. */
async function afterDeletion(region: string): Promise<string> {
  let found = 'DELETING';
  while (found === 'DELETING') {
    await settlePromises();
    found = await described(region).then(
      ({ TableStatus }) => TableStatus,
      ({ name }) => name,
    );
  }
  return found;
}
const fault = (name: string) => {
  const found = regions.globalTables.simulated.faults[name];
  if (found === undefined) throw new Error(`No fault ${name}`);
  return found;
};

// Measured on AWS: scylladb/scylladb#29928, test/alternator/test_global_tables.py.
describe('a table that gets a replica', () => {
  test('is described as a global table of both Regions, with a stream that nobody asked for', async () => {
    for (const region of [EAST, WEST]) {
      expect(await described(region)).toMatchObject({
        TableStatus: 'ACTIVE',
        GlobalTableVersion: '2019.11.21',
        MultiRegionConsistency: 'EVENTUAL',
        Replicas: [
          { RegionName: EAST, ReplicaStatus: 'ACTIVE' },
          { RegionName: WEST, ReplicaStatus: 'ACTIVE' },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        LatestStreamArn: expect.stringContaining(`:${region}:`),
      });
    }
  });

  test('keeps the view of the stream that it has, and that one cannot be switched off', async () => {
    const TableName = 'Keys';
    const StreamSpecification = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' };
    await regions.createTable(EAST, [WEST], { TableName, StreamSpecification });
    const { Table } = await regions.run(WEST, 'DescribeTable', { TableName });
    expect(Table).toMatchObject({ StreamSpecification });
    const Item = { id: { S: 'a' }, from: { S: 'east' } };
    await regions.run(EAST, 'PutItem', { TableName, Item });
    await regions.settle();

    expect(await regions.items(WEST, TableName)).toEqual(['{"from":{"S":"east"},"id":{"S":"a"}}']);
    expect((await regions.records(WEST, TableName))[0]?.dynamodb.NewImage).toBeUndefined();
    await expect(
      regions.run(WEST, 'UpdateTable', {
        TableName,
        StreamSpecification: { StreamEnabled: false },
      }),
    ).rejects.toMatchObject({
      message:
        'One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.',
    });
  });

  test('hands over what it has, in its answer still on the way', async () => {
    await put(EAST, 'a', 1);
    await put(EAST, 'b', 2);
    await regions.settle();
    const { TableDescription } = await updateReplicas(WEST, { Create: { RegionName: EUROPE } });

    expect(TableDescription).toMatchObject({
      TableStatus: 'UPDATING',
      Replicas: expect.arrayContaining([{ RegionName: EUROPE, ReplicaStatus: 'CREATING' }]),
    });
    expect(await regions.items(EUROPE)).toEqual([text('a', 1), text('b', 2)]);
    expect(await regions.records(EUROPE)).toEqual([]);
  });

  test('is a table of one Region again without it, and its stream can be switched off', async () => {
    await updateReplicas(EAST, { Delete: { RegionName: WEST } });

    const table = await described(EAST);
    expect(table).toMatchObject({ StreamSpecification: { StreamEnabled: true } });
    expect(table).not.toHaveProperty('Replicas');
    expect(table).not.toHaveProperty('GlobalTableVersion');
    expect(await afterDeletion(WEST)).toBe('ResourceNotFoundException');
    await regions.run(EAST, 'UpdateTable', { StreamSpecification: { StreamEnabled: false } });
    expect(await described(EAST)).not.toHaveProperty('StreamSpecification');
  });

  test.each([
    [{ Create: { RegionName: EAST } }, /^Cannot add, delete, or update the local region/],
    [{ Create: { RegionName: WEST } }, /one or more replicas already existed as tables/],
    [{ Delete: { RegionName: EUROPE } }, /^Replica specified in the .* was not found\.$/],
    [{ Create: { RegionName: 'nowhere' } }, /no Region: "nowhere"/],
    [{ Update: { RegionName: WEST } }, /^ReplicaUpdates.Update is not rehearsed/],
    [
      { Create: { RegionName: EUROPE, GlobalSecondaryIndexes: [] } },
      /Create.GlobalSecondaryIndexes is not/,
    ],
    [{}, /One of Create, Update or Delete/],
  ])('refuses %j', async (update, message) => {
    await expect(updateReplicas(EAST, update)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });

  test('has to be on demand, since no auto scaling is here', async () => {
    const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
    const own = { TableName: 'Provisioned', BillingMode: 'PROVISIONED', ProvisionedThroughput };
    await expect(regions.createTable(EAST, [WEST], own)).rejects.toMatchObject({
      message: 'Table write capacity should either be Pay-Per-Request or AutoScaled.',
    });
    await expect(
      regions.run(EAST, 'UpdateTable', { BillingMode: 'PROVISIONED', ProvisionedThroughput }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('agrees some time later, and STRONG is refused by name', async () => {
    await expect(
      regions.run(EAST, 'UpdateTable', {
        MultiRegionConsistency: 'STRONG',
        ReplicaUpdates: [{ Create: { RegionName: EUROPE } }],
      }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/^MultiRegionConsistency STRONG/) });
  });
});

describe('a replica', () => {
  test('hears of a write some time later, tells it in its own stream, and does not send it back', async () => {
    await put(EAST, 'a', 1);
    expect(await regions.items(WEST)).toEqual([]);
    await regions.settle();

    expect(await regions.items(WEST)).toEqual([text('a', 1)]);
    for (const region of [EAST, WEST]) {
      const names = (await regions.records(region)).map(({ eventName }) => eventName);
      expect(names).toEqual(['INSERT']);
    }
    expect(regions.clock.pending()).toBe(0);
  });

  test('is written in any Region, and hears of every other', async () => {
    await updateReplicas(EAST, { Create: { RegionName: EUROPE } });
    await put(EAST, 'a', 1);
    await put(WEST, 'b', 2);
    await put(EUROPE, 'c', 3);
    await regions.settle();

    const all = [text('a', 1), text('b', 2), text('c', 3)];
    for (const region of [EAST, WEST, EUROPE]) expect(await regions.items(region)).toEqual(all);
  });

  test('has its own conditions looked at where the write is made', async () => {
    await put(EAST, 'a', 1);
    await regions.run(WEST, 'PutItem', {
      Item: { id: { S: 'a' }, n: { N: '2' } },
      ConditionExpression: 'attribute_not_exists(id)',
    });
    await regions.settle();

    for (const region of [EAST, WEST]) expect(await regions.items(region)).toEqual([text('a', 2)]);
  });

  test('takes the parts of a transaction one by one', async () => {
    const putOf = (id: string) => ({
      Put: { TableName: 'Orders', Item: { id: { S: id }, n: { N: '1' } } },
    });
    await regions.run(EAST, 'TransactWriteItems', { TransactItems: [putOf('a'), putOf('b')] });
    await put(WEST, 'a', 2);
    await regions.settle();

    for (const region of [EAST, WEST]) {
      expect(await regions.items(region)).toEqual([text('a', 2), text('b', 1)]);
    }
  });

  test('has the time to live of all, and the Region alone where an item expired names the service', async () => {
    const TimeToLiveSpecification = { Enabled: true, AttributeName: 'n' };
    await regions.run(WEST, 'UpdateTimeToLive', { TimeToLiveSpecification });
    await updateReplicas(WEST, { Create: { RegionName: EUROPE } });
    for (const region of [EAST, EUROPE]) {
      expect(await regions.run(region, 'DescribeTimeToLive')).toEqual({
        TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'n' },
      });
    }
    await put(WEST, 'a', regions.clock.now().getTime() / 1000 + 60);
    await regions.settle();
    await regions.clock.advance(60_000);
    expect(await regions.items(WEST)).toEqual([]);
    await regions.settle();

    const last = async (region: string) => (await regions.records(region)).at(-1);
    expect(await last(WEST)).toMatchObject({ eventName: 'REMOVE', userIdentity: {} });
    expect((await last(EAST))?.eventName).toBe('REMOVE');
    expect(await last(EAST)).not.toHaveProperty('userIdentity');
  });

  test('is deleted as any table, but not within a day where another was made of it', async () => {
    await expect(regions.run(EAST, 'DeleteTable')).rejects.toMatchObject({
      message: expect.stringMatching(/^Replica cannot be deleted because it has acted as a source/),
    });
    await put(EAST, 'a', 1);
    await regions.settle();
    await regions.clock.advance(24 * 3_600_000);
    await regions.run(EAST, 'DeleteTable');

    expect(await regions.items(WEST)).toEqual([text('a', 1)]);
    expect(await described(WEST)).not.toHaveProperty('Replicas');
  });

  test('is protected against deletion by itself', async () => {
    await regions.run(WEST, 'UpdateTable', { DeletionProtectionEnabled: true });
    expect(await described(EAST)).toMatchObject({ DeletionProtectionEnabled: false });
    await expect(updateReplicas(EAST, { Delete: { RegionName: WEST } })).rejects.toMatchObject({
      message: expect.stringMatching(/^Resource cannot be deleted/),
    });
    expect(await described(EAST)).toHaveProperty('Replicas');
  });

  test('counts how long a write was on its way, for the Region that it was made in', async () => {
    await put(EAST, 'a', 1);
    await regions.settle();

    expect(regions.metrics).toEqual([
      expect.objectContaining({
        region: EAST,
        namespace: 'AWS/DynamoDB',
        metricName: 'ReplicationLatency',
        dimensions: { TableName: 'Orders', ReceivingRegion: WEST },
        unit: 'Milliseconds',
        samples: { kind: 'values', values: [{ value: 500, count: 1 }] },
      }),
    ]);
  });
});

describe('while a Region is down', () => {
  beforeEach(() => void fault('region-tables').start(WEST));

  test('its API answers 503, and writes elsewhere wait for it', async () => {
    await expect(put(WEST, 'a', 1)).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    await put(EAST, 'a', 1);
    await remove(EAST, 'a');
    await put(EAST, 'b', 2);
    await regions.settle();
    expect(regions.globalTables.simulated.show()).toMatchObject({
      downRegions: [WEST],
      globalTables: [
        { tableName: 'Orders', replicas: [{ waitingWrites: 3 }, { waitingWrites: 0 }] },
      ],
    });

    expect(fault('region-tables').end(undefined)).toBe(
      'DynamoDB is up in us-west-2, and what waited is replicated',
    );
    await regions.settle();
    expect(await regions.items(WEST)).toEqual([text('b', 2)]);
  });

  test('what it wrote before is heard of when it is back, unless a later write won', async () => {
    fault('region-tables').end(undefined);
    await put(WEST, 'a', 1);
    await put(WEST, 'b', 1);
    await put(WEST, 'c', 1);
    fault('region-tables').start(WEST);
    await put(EAST, 'a', 2);
    await put(EAST, 'c', 2);
    await remove(EAST, 'c');
    await regions.settle();
    expect(await regions.items(EAST)).toEqual([text('a', 2)]);

    fault('region-tables').end(WEST);
    await regions.settle();
    const all = [text('a', 2), text('b', 1)];
    for (const region of [EAST, WEST]) expect(await regions.items(region)).toEqual(all);
  });

  test('no replica is made or deleted there', async () => {
    await expect(updateReplicas(EAST, { Delete: { RegionName: WEST } })).rejects.toMatchObject({
      name: 'ServiceUnavailable',
    });
    expect(await described(EAST)).toHaveProperty('Replicas');
  });

  test('a pause of replication alone lets both Regions go on, and the later write wins', async () => {
    fault('region-tables').end(undefined);
    expect(fault('replication').start(EAST)).toBe('replication to and from us-east-1 is paused');
    await put(WEST, 'a', 1);
    await put(EAST, 'a', 2);
    await put(EAST, 'b', 1);
    await remove(WEST, 'b');
    await put(WEST, 'b', 3);
    await regions.settle();
    expect(await regions.items(WEST)).toEqual([text('a', 1), text('b', 3)]);
    fault('replication').end(undefined);
    await regions.settle();

    const all = [text('a', 2), text('b', 3)];
    for (const region of [EAST, WEST]) expect(await regions.items(region)).toEqual(all);
  });

  test('a fault names its Region, or the first of the first global table', () => {
    expect(fault('replication').start(undefined)).toContain(EAST);
    expect(() => fault('replication').start('nowhere')).toThrow('"nowhere" is no Region');
  });
});
