import { finding } from '../assessment/finding.ts';
import type { Announcement } from '../report/announcement.ts';
import type { BucketRecord } from '../report/bucket-record.ts';

/** A bucket's record, and what its restore comes to. */
export interface AfterRestore {
  readonly record: BucketRecord;
  /** The time from which its tag counts again. */
  readonly released: Announcement | undefined;
}

/**
 * Keeps a bucket as somebody had it restored until they ask anew: by approving a repair, or by taking the
 * tag off, which an audit has to see that began after the restore.
 * @param restoredAtMs When a repair was taken back, in Unix milliseconds; undefined where none was.
 * @param startedAt When the audit began, in ISO 8601.
 */
export function afterRestore(
  record: BucketRecord,
  restoredAtMs: number | undefined,
  startedAt: string,
): AfterRestore {
  const { accountId, bucket, region, verdict, findings, isRepairedByItself } = record;
  const isJudged = region !== null && verdict !== 'UNKNOWN' && verdict !== 'SKIPPED';
  if (restoredAtMs === undefined || !isJudged) return { record, released: undefined };
  if (isRepairedByItself === false && restoredAtMs < Date.parse(startedAt)) {
    return { record, released: { kind: 'released', accountId, bucket, region, restoredAtMs } };
  }
  const day = new Date(restoredAtMs).toISOString().slice(0, 10);
  const sentence = `A repair was taken back on ${day}; the tag lets nothing be repaired until it is taken off and put on again, or a person approves a repair.`;
  return {
    record: {
      ...record,
      isRepairedByItself: false,
      findings: [...findings, finding('REPAIR_TAKEN_BACK', sentence)],
    },
    released: undefined,
  };
}
