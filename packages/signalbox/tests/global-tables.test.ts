import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Rehearsal } from '../src/create-rehearsal.ts';
import { createProject } from '../src/template/temporary-project.ts';

const HOME = 'us-east-1';
const PEER = 'us-west-2';
const FAR = 'eu-west-1';

/** One stack alone has the table, as AWS advises; a function in each Region hears of every write. */
const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Conditions: { IsFirst: !Equals [!Ref AWS::Region, ${HOME}] }
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
      TimeToLiveSpecification: { Enabled: true, AttributeName: until }
      Replicas:
        - Region: ${HOME}
        - { Region: ${PEER}, DeletionProtectionEnabled: true }
  Notes:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: notes
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
`;

let store: string;
let root: string;
let rehearsal: Rehearsal;

const start = (regions: readonly string[] = [HOME, PEER]) =>
  createRehearsal({ root, plugins: [], seeds: [], regions, store });
const client = (region: string) => new DynamoDBClient({ ...rehearsal.client, region });
const put = (region: string, id: string, n: number, TableName = 'orders') =>
  client(region).send(
    new PutItemCommand({ TableName, Item: { id: { S: id }, n: { N: String(n) } } }),
  );
const ids = async (region: string, TableName = 'orders') => {
  const { Items = [] } = await client(region).send(new ScanCommand({ TableName }));
  return Items.map(({ id, n }) => `${id?.S}${n?.N}`).sort();
};
const replicas = async (region: string) => {
  const { Table } = await client(region).send(new DescribeTableCommand({ TableName: 'orders' }));
  return Table?.Replicas?.map(({ RegionName, ReplicaStatus }) => `${RegionName} ${ReplicaStatus}`);
};

beforeAll(() => {
  root = createProject({ 'template.yaml': TEMPLATE });
});
beforeEach(async () => {
  store = mkdtempSync(join(tmpdir(), 'signalbox-global-'));
  rehearsal = await start();
});
afterEach(async () => {
  await rehearsal.close();
  rmSync(store, { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true }));

describe('a global table of the template', () => {
  test('is there in each of its Regions, and both hear of every write', async () => {
    for (const region of [HOME, PEER]) {
      expect(await replicas(region)).toEqual([`${HOME} ACTIVE`, `${PEER} ACTIVE`]);
    }
    await put(HOME, 'a', 1);
    await put(PEER, 'b', 2);
    await rehearsal.settled();

    for (const region of [HOME, PEER]) expect(await ids(region)).toEqual(['a1', 'b2']);
    const metric = await new CloudWatchClient({ ...rehearsal.client, region: PEER }).send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/DynamoDB',
        MetricName: 'ReplicationLatency',
        Dimensions: [
          { Name: 'TableName', Value: 'orders' },
          { Name: 'ReceivingRegion', Value: HOME },
        ],
        StartTime: new Date(rehearsal.now().getTime() - 3_600_000),
        EndTime: new Date(rehearsal.now().getTime() + 3_600_000),
        Period: 60,
        Statistics: ['SampleCount'],
      }),
    );
    expect(metric.Datapoints).toMatchObject([{ SampleCount: 1 }]);
  });

  test('gets a replica in a Region without a stack by UpdateTable', async () => {
    await put(HOME, 'a', 1);
    await client(PEER).send(
      new UpdateTableCommand({
        TableName: 'orders',
        ReplicaUpdates: [{ Create: { RegionName: FAR } }],
      }),
    );
    await put(FAR, 'b', 2);
    await rehearsal.settled();

    for (const region of [HOME, PEER, FAR]) expect(await ids(region)).toEqual(['a1', 'b2']);
  });

  test('waits for a Region that is lost, also over a restart', async () => {
    await put(PEER, 'early', 1);
    rehearsal.simulatedResources.start('region-tables', PEER);
    await put(HOME, 'a', 1);
    await put(HOME, 'early', 2);
    await rehearsal.settled();
    await expect(ids(PEER)).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });

    await rehearsal.close();
    rehearsal = await start();
    await rehearsal.settled();
    for (const region of [HOME, PEER]) expect(await ids(region)).toEqual(['a1', 'early2']);
  });
});

describe('a store of two Regions', () => {
  test('has what each was told, and nothing of the other', async () => {
    await put(HOME, 'home', 1, 'notes');
    await put(PEER, 'peer', 2, 'notes');
    await put(PEER, 'gone', 3, 'notes');
    await client(PEER).send(
      new DeleteItemCommand({ TableName: 'notes', Key: { id: { S: 'gone' } } }),
    );
    await rehearsal.close();
    expect(readdirSync(join(store, 'regions'))).toEqual([PEER]);
    appendFileSync(join(store, 'regions', PEER, 'tables.jsonl'), '[{"type":"put"');

    rehearsal = await start();
    expect(await ids(HOME, 'notes')).toEqual(['home1']);
    expect(await ids(PEER, 'notes')).toEqual(['peer2']);
  });

  test('has a Region that no stack is rehearsed in this time', async () => {
    await put(PEER, 'peer', 2, 'notes');
    await rehearsal.close();
    rehearsal = await start([HOME]);

    const { Item } = await client(PEER).send(
      new GetItemCommand({ TableName: 'notes', Key: { id: { S: 'peer' } } }),
    );
    expect(Item).toMatchObject({ n: { N: '2' } });
  });

  test('is refused to a stack whose own Region is another', async () => {
    await rehearsal.close();
    await expect(start([PEER, HOME])).rejects.toThrow(
      `${store}: what is kept here belongs to a stack in us-east-1, not in us-west-2`,
    );
    rehearsal = await start();
  });
});

describe('a template is refused', () => {
  async function refusal(edit: (template: string) => string): Promise<string> {
    const other = createProject({ 'template.yaml': edit(TEMPLATE) });
    const regions = [HOME, PEER];
    try {
      await (await createRehearsal({ root: other, plugins: [], seeds: [], regions })).close();
      return '';
    } catch (error) {
      const { problems } = Object(error);
      return JSON.stringify(problems);
    } finally {
      rmSync(other, { recursive: true });
    }
  }
  // A list begins in the line after its name.
  const line = TEMPLATE.split('\n').findIndex((text) => text.includes('Replicas:')) + 2;

  test('whose stacks both have the table, as AWS does', async () => {
    const said = await refusal((template) => template.replace('    Condition: IsFirst\n', ''));
    expect(said).toContain('AWS refuses it: Table already exists: orders');
    expect(said).toContain('"file":"template.yaml"');
  });

  test('whose replicas leave out the stack’s own Region', async () => {
    const said = await refusal((template) =>
      template.replace(`- Region: ${HOME}`, `- Region: ${FAR}`),
    );
    expect(said).toContain('must contain an entry for the current region, us-east-1');
    expect(said).toContain(`"line":${line}`);
  });

  test('that has replicas and no stream', async () => {
    const said = await refusal((template) => template.replace(/ +StreamSpecification.*\n/, ''));
    expect(said).toContain('it needs a StreamSpecification, since it has more than one replica');
  });

  test.each([
    [`Region: ${PEER}, DeletionProtectionEnabled: true`, `Region: ${HOME}`, 'has two replicas'],
    [`Region: ${PEER}, DeletionProtectionEnabled: true`, 'Region: moon', '"moon" is no Region'],
    ['TableName: orders', 'MultiRegionConsistency: STRONG', 'STRONG is not rehearsed'],
  ])('with %s as %s', async (from, to, message) => {
    expect(await refusal((template) => template.replace(from, to))).toContain(
      JSON.stringify(message).slice(1, -1),
    );
  });
});
