import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { s3In } from '../regional-clients.ts';
import { auditKeys } from '../report/audit-keys.ts';
import type { ListedBucket } from '../report/bucket-record.ts';
import { putReport, toLines } from '../reports-bucket.ts';
import {
  type BucketPage,
  fewOf,
  ListBucketsSchema,
  listBuckets,
  WriteFailedError,
} from './list-buckets.ts';

const ownRegion = requiredVariable('AWS_REGION');
const PAGE_SIZE = 10_000;
/** The time that a page may still take. */
const RESERVE_MS = 15_000;

/** Lists buckets into the reports' bucket, as far as the time goes. */
export const handler = (event: unknown, context: Context) =>
  taskHandler({
    input: ListBucketsSchema,
    correlationId: ({ auditId }) => auditId,
    run: async (input) => {
      const written: ListedBucket[] = [];
      const listed = await listBuckets(input, {
        async page(account, { prefix, region, token }): Promise<BucketPage> {
          // AWS: a list of one Region has to be asked of that Region.
          const { Buckets: buckets = [], ContinuationToken: next } = await s3In(
            region ?? ownRegion,
            account,
          ).send(
            new ListBucketsCommand({
              MaxBuckets: prefix === undefined ? PAGE_SIZE : 1,
              ...(prefix === undefined ? {} : { Prefix: prefix }),
              ...(region === undefined ? {} : { BucketRegion: region }),
              ...(token === undefined ? {} : { ContinuationToken: token }),
            }),
          );
          return {
            buckets: buckets.map((one) => ({ bucket: one.Name ?? '', region: one.BucketRegion })),
            token: next,
          };
        },
        async write(part, buckets) {
          try {
            await putReport(auditKeys.bucketsPart(input.auditId, part), toLines(buckets));
            written.push(...buckets);
          } catch (cause) {
            throw new WriteFailedError('The list could not be written', { cause });
          }
        },
        hasTime: () => context.getRemainingTimeInMillis() > RESERVE_MS,
      });
      return { ...listed, few: fewOf(input, listed, written) };
    },
  })(event, context);
