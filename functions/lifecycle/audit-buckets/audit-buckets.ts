import { createHash } from 'node:crypto';
import { array, type InferOutput, minLength, object, pipe, string } from 'valibot';
import { type Audited, auditBucket, savingsOf } from '../assessment/audit-bucket.ts';
import type { BucketFacts } from '../assessment/bucket-facts.ts';
import { type LifecyclePolicy, LifecyclePolicySchema } from '../assessment/policy.ts';
import { type BucketReader, readFacts } from '../assessment/read-facts.ts';
import type { Savings, StorageMetrics } from '../assessment/savings.ts';
import type { Unknown } from '../assessment/unknown.ts';
import { type AuditScope, AuditScopeSchema } from '../audit-scope.ts';
import { inParallel } from '../in-parallel.ts';
import {
  type BucketRecord,
  bucketKey,
  type ListedBucket,
  ListedBucketSchema,
} from '../report/bucket-record.ts';

/** A batch of the Distributed Map: `startedAt` is the audit's, in ISO 8601. */
export const AuditBucketsSchema = object({
  BatchInput: object({
    auditId: string(),
    startedAt: string(),
    scope: AuditScopeSchema,
    policy: LifecyclePolicySchema,
  }),
  Items: pipe(array(ListedBucketSchema), minLength(1)),
});

/** A batch of the Distributed Map. */
export type AuditBuckets = InferOutput<typeof AuditBucketsSchema>;

/** The services that the audit of a batch calls. */
export interface BatchPorts {
  /** Reads buckets of one account's. */
  readerOf(bucket: ListedBucket): BucketReader;
  /** Reads what buckets of one account and Region hold, by their names. */
  metricsOf(buckets: readonly ListedBucket[]): Promise<ReadonlyMap<string, StorageMetrics>>;
  /** Writes a proposal; returns its key. */
  writeProposal(
    facts: BucketFacts,
    audited: Audited,
    savings: Savings | undefined,
  ): Promise<string>;
  hasTime(): boolean;
}

/** Buckets looked at side by side: S3 publishes no rates for reading settings, so this stays low. */
const CONCURRENCY = 10;

interface Looked {
  readonly listed: ListedBucket;
  readonly facts: BucketFacts | undefined;
  readonly audited: Audited | undefined;
  readonly unknown: Unknown | undefined;
}

/** Audits a batch of buckets; one that cannot be looked at is UNKNOWN, and never stops the others. */
export async function auditBuckets(
  { BatchInput: { policy, startedAt, scope }, Items: items }: AuditBuckets,
  ports: BatchPorts,
): Promise<readonly BucketRecord[]> {
  const now = new Date(startedAt);
  const looked = await inParallel(items, CONCURRENCY, (listed) =>
    ports.hasTime() ? look(listed, ports.readerOf(listed), policy, now) : outOfTime(listed),
  );
  const metrics = await metricsFor(looked, ports);
  return inParallel(looked, CONCURRENCY, (one) => toRecord(one, metrics, { scope, policy, ports }));
}

/** Names a batch by what is in it, so that a retry writes over its own results. */
export function batchName(items: readonly ListedBucket[]): string {
  const names = items.map(bucketKey).join('\n');
  return createHash('sha256').update(names).digest('hex').slice(0, 32);
}

async function look(
  listed: ListedBucket,
  reader: BucketReader,
  policy: LifecyclePolicy,
  now: Date,
): Promise<Looked> {
  const { accountId, bucket, region } = listed;
  if (region === null) {
    return unknown(listed, { reason: 'NO_SUCH_BUCKET', sentence: 'S3 does not list the bucket.' });
  }
  const read = await readFacts(reader, { accountId, bucket, region });
  if (read.kind === 'unknown') return unknown(listed, read.unknown);
  const audited = auditBucket(read.facts, policy, now);
  return { listed, facts: read.facts, audited, unknown: undefined };
}

async function outOfTime(listed: ListedBucket): Promise<Looked> {
  return unknown(listed, {
    reason: 'OUT_OF_TIME',
    sentence: 'The time of its batch was over before its turn.',
  });
}

function unknown(listed: ListedBucket, why: Unknown): Looked {
  return { listed, facts: undefined, audited: undefined, unknown: why };
}

/** Storage is read for those alone that something is proposed for, in one call for each Region. */
async function metricsFor(
  looked: readonly Looked[],
  ports: BatchPorts,
): Promise<ReadonlyMap<string, StorageMetrics>> {
  const places = new Map<string, ListedBucket[]>();
  for (const { listed, audited } of looked) {
    if (audited?.proposal?.kind !== 'proposed') continue;
    const place = `${listed.accountId} ${listed.region}`;
    places.set(place, [...(places.get(place) ?? []), listed]);
  }
  const metrics = new Map<string, StorageMetrics>();
  for (const buckets of places.values()) {
    const [first] = buckets;
    // Without metrics there is a verdict all the same, and no estimate.
    const found = await ports.metricsOf(buckets).catch(() => new Map<string, StorageMetrics>());
    for (const [bucket, one] of found) {
      metrics.set(bucketKey({ accountId: first?.accountId ?? '', bucket }), one);
    }
  }
  return metrics;
}

interface Batch {
  readonly scope: AuditScope;
  readonly policy: LifecyclePolicy;
  readonly ports: BatchPorts;
}

async function toRecord(
  { listed, facts, audited, unknown: why }: Looked,
  metrics: ReadonlyMap<string, StorageMetrics>,
  { scope, policy, ports }: Batch,
): Promise<BucketRecord> {
  const { accountId, bucket, region } = listed;
  const place = { accountId, bucket, region };
  if (facts === undefined || audited === undefined) {
    return { ...place, verdict: 'UNKNOWN', findings: [], ...(why && { unknown: why }) };
  }
  if (!isTagged(facts, scope)) return { ...place, verdict: 'SKIPPED', findings: [] };
  const { verdict, findings, coverage, proposal } = audited;
  const storage = metrics.get(bucketKey(listed));
  const savings = storage === undefined ? undefined : savingsOf(facts, proposal, storage);
  const isRepairedByItself = facts.tags[policy.repairTag] === 'auto';
  const judged = {
    ...place,
    verdict,
    findings: [...findings],
    coverage: coverage.kind,
    isRepairedByItself,
  };
  if (proposal?.kind !== 'proposed') return judged;
  return {
    ...judged,
    ...(savings === undefined ? {} : { savings }),
    proposalKey: await ports.writeProposal(facts, audited, savings),
  };
}

function isTagged({ tags }: BucketFacts, { tag }: AuditScope): boolean {
  if (tag === undefined) return true;
  const value = tags[tag.key];
  return value !== undefined && (tag.value === undefined || tag.value === value);
}
