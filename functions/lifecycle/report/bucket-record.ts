import {
  array,
  boolean,
  type InferOutput,
  nullable,
  number,
  object,
  optional,
  picklist,
  string,
} from 'valibot';
import { FINDINGS, type FindingCode, SEVERITIES } from '../assessment/finding.ts';
import { UNKNOWN_REASONS } from '../assessment/unknown.ts';
import { BUCKET_VERDICTS } from '../assessment/verdict.ts';

const CODES = Object.keys(FINDINGS).filter(isCode);

function isCode(name: string): name is FindingCode {
  return name in FINDINGS;
}

/** A bucket as ListBuckets found it: one line of an audit's list. */
export const ListedBucketSchema = object({
  accountId: string(),
  bucket: string(),
  /** Null where S3 no longer lists it. */
  region: nullable(string()),
  roleArn: optional(string()),
});

/** A bucket as ListBuckets found it. */
export type ListedBucket = InferOutput<typeof ListedBucketSchema>;

/** The record of one bucket: one line of an audit's results. */
export const BucketRecordSchema = object({
  accountId: string(),
  bucket: string(),
  region: nullable(string()),
  /** `SKIPPED` where the audit turned out not to be about it. */
  verdict: picklist([...BUCKET_VERDICTS, 'SKIPPED']),
  /** The reason why it is UNKNOWN. */
  unknown: optional(object({ reason: picklist(UNKNOWN_REASONS), sentence: string() })),
  coverage: optional(picklist(['none', 'partial', 'whole'])),
  findings: array(
    object({ code: picklist(CODES), severity: picklist(SEVERITIES), sentence: string() }),
  ),
  savings: optional(
    object({
      monthlyMicroDollars: number(),
      oneOffMicroDollars: number(),
      breakEvenMonths: optional(number()),
      note: string(),
    }),
  ),
  /** The key of the proposed lifecycle in the reports' bucket. */
  proposalKey: optional(string()),
  /** Whether the bucket's tag lets it be repaired without asking. */
  isRepairedByItself: optional(boolean()),
});

/** The record of one bucket in an audit's results. */
export type BucketRecord = InferOutput<typeof BucketRecordSchema>;

/** A key that is unique among the buckets of all accounts. */
export function bucketKey({
  accountId,
  bucket,
}: Pick<ListedBucket, 'accountId' | 'bucket'>): string {
  return `${accountId}/${bucket}`;
}
