import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { BilledClass } from './prices.ts';
import type { StorageMetrics } from './savings.ts';

const DAY_SECONDS = 86_400;
/** CloudWatch has them once a day, a day or two late. */
const LOOK_BACK_DAYS = 4;
/** AWS: the most queries of one GetMetricData. */
const MAX_QUERIES = 500;

const STORAGE_TYPES: Readonly<Record<string, BilledClass>> = {
  StandardStorage: 'STANDARD',
  StandardIAStorage: 'STANDARD_IA',
  OneZoneIAStorage: 'ONEZONE_IA',
  GlacierInstantRetrievalStorage: 'GLACIER_IR',
};
const QUERIED = [...Object.keys(STORAGE_TYPES), 'AllStorageTypes'];

/** Reads what buckets of one Region hold, many at once; one without metrics holds nothing. */
export async function readStorageMetrics(
  client: CloudWatchClient,
  buckets: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, StorageMetrics>> {
  const found = new Map<string, StorageMetrics>();
  const size = Math.floor(MAX_QUERIES / QUERIED.length);
  for (let from = 0; from < buckets.length; from += size) {
    const some = buckets.slice(from, from + size);
    const results = await readAll(client, some.flatMap(queriesOf), now);
    for (const [index, bucket] of some.entries()) found.set(bucket, metricsOf(results, index));
  }
  return found;
}

function queriesOf(bucket: string, index: number): MetricDataQuery[] {
  return QUERIED.map((type, place) => ({
    Id: idOf(index, place),
    MetricStat: {
      Period: DAY_SECONDS,
      Stat: 'Average',
      Metric: {
        Namespace: 'AWS/S3',
        MetricName: type === 'AllStorageTypes' ? 'NumberOfObjects' : 'BucketSizeBytes',
        Dimensions: [
          { Name: 'BucketName', Value: bucket },
          { Name: 'StorageType', Value: type },
        ],
      },
    },
  }));
}

function idOf(bucket: number, place: number): string {
  return `b${bucket}t${place}`;
}

async function readAll(
  client: CloudWatchClient,
  queries: MetricDataQuery[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const values = new Map<string, number>();
  let token: string | undefined;
  do {
    const { MetricDataResults: results = [], NextToken: next } = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(now.getTime() - LOOK_BACK_DAYS * DAY_SECONDS * 1_000),
        EndTime: now,
        ScanBy: 'TimestampDescending',
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    for (const result of results) keepNewest(values, result);
    token = next;
  } while (token !== undefined);
  return values;
}

function keepNewest(
  values: Map<string, number>,
  { Id: id = '', Values: [newest] = [] }: MetricDataResult,
): void {
  if (newest !== undefined && !values.has(id)) values.set(id, newest);
}

function metricsOf(results: ReadonlyMap<string, number>, bucket: number): StorageMetrics {
  const at = (type: string): number => results.get(idOf(bucket, QUERIED.indexOf(type))) ?? 0;
  return {
    bytes: Object.fromEntries(
      Object.entries(STORAGE_TYPES).map(([type, storageClass]) => [storageClass, at(type)]),
    ),
    objects: Math.round(at('AllStorageTypes')),
  };
}
