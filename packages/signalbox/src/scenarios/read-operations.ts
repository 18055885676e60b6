import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Json } from '../core/json.ts';
import type { Expectation } from './expectation.ts';
import type { Stage } from './stage.ts';
import { valueAt } from './value-at.ts';

const DAY_MS = 86_400_000;

/** Reads the values of the world that a scenario names. */
export function readWorldValues(
  { world }: Stage,
  { world: expected }: Expectation,
): Readonly<Record<string, Json>> {
  const shown = world.show() ?? {};
  return Object.fromEntries(Object.keys(expected).map((path) => [path, valueAt(shown, path)]));
}

/** Reads the targets of failovers that somebody holds. */
export async function readHeldLocks({ client, physicalId }: Stage): Promise<readonly string[]> {
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  const held: string[] = [];
  const TableName = physicalId('FailoverLocksTable');
  for await (const { Items = [] } of paginateScan({ client: tables }, { TableName })) {
    held.push(...Items.filter(({ holder }) => holder).map(({ target }) => String(target)));
  }
  return held.sort();
}

/** Reads the keys of all reports. */
export async function readReportKeys({ client, physicalId }: Stage): Promise<readonly string[]> {
  const { paginateListObjectsV2, S3Client } = await import('@aws-sdk/client-s3');
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket: physicalId('ReportsBucket') },
  )) {
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  }
  return keys;
}

/** Reads the sums of the platform's own metrics over the last day, in the order of their names. */
export async function readMetricSums(
  { client, parameter, now }: Stage,
  names: readonly string[],
): Promise<readonly number[]> {
  if (names.length === 0) return [];
  const { CloudWatchClient, GetMetricStatisticsCommand } = await import(
    '@aws-sdk/client-cloudwatch'
  );
  const cloudWatch = new CloudWatchClient(client);
  const endMs = now().getTime() + 60_000;
  return Promise.all(
    names.map(async (MetricName) => {
      const { Datapoints = [] } = await cloudWatch.send(
        new GetMetricStatisticsCommand({
          Namespace: parameter('MetricsNamespace'),
          MetricName,
          Dimensions: [{ Name: 'Environment', Value: parameter('Environment') }],
          StartTime: new Date(endMs - DAY_MS),
          EndTime: new Date(endMs),
          Period: 3600,
          Statistics: ['Sum'],
        }),
      );
      return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
    }),
  );
}
