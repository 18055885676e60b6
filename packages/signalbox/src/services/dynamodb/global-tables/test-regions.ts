import { mapsIn } from '../../../core/in-region.ts';
import type { OpenJournal } from '../../../core/journal.ts';
import type { KeptMaps } from '../../../core/kept-maps.ts';
import { createTestClock, settlePromises, type TestClock } from '../../../core/test-clock.ts';
import type { Datapoint } from '../../cloudwatch/datapoint.ts';
import { type DynamoDb, openDynamoDb } from '../dynamodb.ts';
import { createGlobalTables, type GlobalTables } from './global-tables.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const accountId = '123456789012';

/** DynamoDB in several Regions, for tests. */
export interface TestRegions {
  readonly clock: TestClock;
  readonly globalTables: GlobalTables;
  readonly metrics: (Datapoint & { readonly region: string })[];
  /** Calls an action in a Region, with `TableName` Orders unless given. */
  run(region: string, action: string, input?: object): Promise<Record<string, unknown>>;
  /** Creates a table in a Region, with replicas in others. */
  createTable(region: string, replicas: readonly string[], input?: object): Promise<void>;
  /** What the records of a table's stream make of its items, in the form of `items`. */
  streamed(region: string, TableName?: string): Promise<readonly string[]>;
  /** The records of a table's stream in a Region, in their order. */
  records(region: string, TableName?: string): Promise<readonly StreamRecord[]>;
  /** The items of a table in a Region, as their texts in order. */
  items(region: string, TableName?: string): Promise<readonly string[]>;
  /** Lets time go on until nothing that can arrive is under way. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** A record of a stream, as far as tests look. */
export interface StreamRecord {
  readonly eventName: string;
  readonly userIdentity?: object;
  readonly dynamodb: {
    readonly Keys: { readonly id: { readonly S: string } };
    readonly NewImage?: object;
  };
}

/** Where what tests keep is kept; in memory unless given. */
export interface TestRegionsOptions {
  readonly clock?: TestClock;
  readonly maps?: KeptMaps;
  readonly openTablesIn?: (region: string) => OpenJournal;
}

/** Opens Regions as they are first called. */
export async function openTestRegions(options: TestRegionsOptions = {}): Promise<TestRegions> {
  const { clock = createTestClock() } = options;
  const metrics: TestRegions['metrics'] = [];
  const { globalTables, open, close } = openGlobalTables({ ...options, clock }, metrics);
  const { run, records } = callsOf(open);
  for (const { replicas } of globalTables.groups.all()) {
    for (const { region } of replicas) await open(region);
  }
  await globalTables.goOn();
  const arrived = async (): Promise<void> => {
    while (globalTables.isBusy()) await settlePromises();
  };
  return {
    ...{ clock, globalTables, metrics, run, records, close },
    settle: () => clock.skipUntil(arrived()),
    async createTable(region, replicas, input = {}) {
      await run(region, 'CreateTable', { ...CREATE_TABLE, ...input });
      const isActive = async () =>
        (await run(region, 'DescribeTable', input))['Table'].TableStatus === 'ACTIVE';
      while (!(await isActive())) await settlePromises();
      const name = 'TableName' in input ? { TableName: input.TableName } : {};
      for (const RegionName of replicas) {
        const ReplicaUpdates = [{ Create: { RegionName } }];
        await run(region, 'UpdateTable', { ReplicaUpdates, ...name });
      }
    },
    async streamed(region, TableName) {
      const items = new Map<string, object>();
      for (const { dynamodb } of await records(region, TableName)) {
        const key = JSON.stringify(dynamodb.Keys);
        if (dynamodb.NewImage === undefined) items.delete(key);
        else items.set(key, dynamodb.NewImage);
      }
      return textsOf([...items.values()]);
    },
    async items(region, TableName = 'Orders') {
      const { Items } = await run(region, 'Scan', { TableName });
      return textsOf(Items);
    },
  };
}

const CREATE_TABLE = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};

type Open = (region: string) => Promise<DynamoDb>;

function openGlobalTables(
  { clock, maps, openTablesIn }: TestRegionsOptions & { readonly clock: TestClock },
  metrics: TestRegions['metrics'],
) {
  const opening = new Map<string, Promise<DynamoDb>>();
  const globalTables = createGlobalTables({
    ...{ clock, ...(maps !== undefined && { maps }) },
    onBug: (bug) => {
      throw bug;
    },
    openIn: open,
    record: (datapoints, region) => metrics.push(...datapoints.map((one) => ({ ...one, region }))),
  });

  function open(region: string): Promise<DynamoDb> {
    const own = {
      ...{ region, accountId, clock, globalTables },
      openTables: openTablesIn?.(region),
      ...(maps !== undefined && { maps: mapsIn(region, maps) }),
    };
    const opened = opening.get(region) ?? openDynamoDb(own);
    opening.set(region, opened);
    return opened;
  }

  async function close(): Promise<void> {
    globalTables.close();
    for (const dynamoDb of opening.values()) await (await dynamoDb).close();
  }

  return { globalTables, open, close };
}

function callsOf(open: Open) {
  async function run(region: string, action: string, input: object = {}) {
    const { service } = await open(region);
    return Object(await service.actions[action]?.({ TableName: 'Orders', ...input }, caller));
  }

  async function runStreams(region: string, action: string, input: object) {
    const { streamsService } = await open(region);
    return Object(await streamsService.actions[action]?.(input, caller));
  }

  async function records(region: string, TableName = 'Orders') {
    const { Table } = await run(region, 'DescribeTable', { TableName });
    const { LatestStreamArn: StreamArn } = Table;
    const { StreamDescription } = await runStreams(region, 'DescribeStream', { StreamArn });
    const { ShardId } = StreamDescription.Shards[0];
    const place = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    const { ShardIterator } = await runStreams(region, 'GetShardIterator', place);
    const { Records } = await runStreams(region, 'GetRecords', { ShardIterator });
    return Records;
  }

  return { run, records };
}

function textsOf(items: readonly object[]): readonly string[] {
  return items
    .map((item) => JSON.stringify(Object.fromEntries(Object.entries(item).sort())))
    .sort();
}
