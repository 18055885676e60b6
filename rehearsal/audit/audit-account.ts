import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type Bucket, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type ClientOptions, UserError } from 'signalbox';
import {
  type Audited,
  auditBucket,
  savingsOf,
} from '../../functions/lifecycle/assessment/audit-bucket.ts';
import { createBucketReader } from '../../functions/lifecycle/assessment/bucket-reader.ts';
import type { LifecyclePolicy } from '../../functions/lifecycle/assessment/policy.ts';
import { type BucketLocation, readFacts } from '../../functions/lifecycle/assessment/read-facts.ts';
import type { Savings } from '../../functions/lifecycle/assessment/savings.ts';
import { readStorageMetrics } from '../../functions/lifecycle/assessment/storage-metrics.ts';
import type { Unknown } from '../../functions/lifecycle/assessment/unknown.ts';

/** The findings of a bucket, or the reason why it was not looked at. */
export interface AuditedBucket extends BucketLocation {
  readonly audited: Audited | undefined;
  readonly unknown: Unknown | undefined;
  readonly savings: Savings | undefined;
}

const PAGE_SIZE = 1_000;
const CONCURRENCY = 10;

/**
 * Audits the buckets of the session's account, or those named; in the order of their names.
 * @throws {UserError} When a named bucket is not the account's.
 */
export async function auditAccount(
  options: ClientOptions,
  names: readonly string[],
  policy: LifecyclePolicy,
): Promise<readonly AuditedBucket[]> {
  const { Account: accountId = '' } = await new STSClient(options).send(
    new GetCallerIdentityCommand({}),
  );
  const clients = clientsBy((region) => new S3Client({ ...options, region }));
  const reader = createBucketReader(clients);
  const now = new Date();
  const places = await listPlaces(new S3Client(options), accountId, names);
  const looked: AuditedBucket[] = [];
  for (let from = 0; from < places.length; from += CONCURRENCY) {
    const some = places.slice(from, from + CONCURRENCY);
    looked.push(
      ...(await Promise.all(
        some.map(async (place): Promise<AuditedBucket> => {
          const read = await readFacts(reader, place);
          return read.kind === 'facts'
            ? {
                ...place,
                audited: auditBucket(read.facts, policy, now),
                unknown: undefined,
                savings: undefined,
              }
            : { ...place, audited: undefined, unknown: read.unknown, savings: undefined };
        }),
      )),
    );
  }
  return withSavings(looked, options, now);
}

/** Savings are read for what is proposed for alone, Region by Region. */
async function withSavings(
  buckets: readonly AuditedBucket[],
  options: ClientOptions,
  now: Date,
): Promise<readonly AuditedBucket[]> {
  const proposed = buckets.filter(({ audited }) => audited?.proposal?.kind === 'proposed');
  const savings = new Map<string, Savings>();
  for (const region of new Set(proposed.map((one) => one.region))) {
    const some = proposed.filter((one) => one.region === region);
    const client = new CloudWatchClient({ ...options, region });
    const metrics = await readStorageMetrics(
      client,
      some.map(({ bucket }) => bucket),
      now,
    );
    for (const { bucket, audited } of some) {
      const storage = metrics.get(bucket);
      const saved = storage && savingsOf({ region }, audited?.proposal, storage);
      if (saved !== undefined) savings.set(bucket, saved);
    }
  }
  return buckets.map((one) => ({ ...one, savings: savings.get(one.bucket) }));
}

async function listPlaces(
  client: S3Client,
  accountId: string,
  names: readonly string[],
): Promise<readonly BucketLocation[]> {
  const places: BucketLocation[] = [];
  let token: string | undefined;
  do {
    const { Buckets: page = [], ContinuationToken: next } = await client.send(
      new ListBucketsCommand({
        MaxBuckets: PAGE_SIZE,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    places.push(...page.map((bucket) => placeOf(bucket, accountId)));
    token = next;
  } while (token !== undefined);
  if (names.length === 0) return places;
  const missing = names.find((name) => !places.some(({ bucket }) => bucket === name));
  if (missing !== undefined) {
    throw new UserError('not-found', `No bucket "${missing}" in the account ${accountId}`);
  }
  return places.filter(({ bucket }) => names.includes(bucket));
}

function placeOf(
  { Name: bucket = '', BucketRegion: region }: Bucket,
  accountId: string,
): BucketLocation {
  return { accountId, bucket, region: region ?? 'us-east-1' };
}

function clientsBy(create: (region: string) => S3Client): (region: string) => S3Client {
  const clients = new Map<string, S3Client>();
  return (region) => {
    const client = clients.get(region) ?? create(region);
    clients.set(region, client);
    return client;
  };
}

/** A bucket's verdict. */
export function verdictOf({ audited }: Pick<AuditedBucket, 'audited'>): string {
  return audited?.verdict ?? 'UNKNOWN';
}
