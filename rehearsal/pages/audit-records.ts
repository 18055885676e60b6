import { parse } from 'valibot';
import { auditKeys } from '../../functions/lifecycle/report/audit-keys.ts';
import {
  type BucketRecord,
  BucketRecordSchema,
} from '../../functions/lifecycle/report/bucket-record.ts';
import type { StackRecords } from './stack-records.ts';

/** Reads the records of all buckets of an audit. */
export async function readBucketRecords(
  records: StackRecords,
  auditId: string,
): Promise<readonly BucketRecord[]> {
  const keys = await records.keys(auditKeys.results(auditId));
  const parts = await Promise.all(keys.map((key) => records.report(key)));
  return parts
    .flatMap((text) => (text ?? '').split('\n'))
    .filter((line) => line !== '')
    .map((line) => parse(BucketRecordSchema, JSON.parse(line)));
}
