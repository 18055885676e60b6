import {
  DeleteBucketLifecycleCommand,
  PutBucketLifecycleConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createBucketReader } from '../assessment/bucket-reader.ts';
import type { BucketLocation } from '../assessment/read-facts.ts';
import { RepairRefusedError } from '../errors.ts';
import type { LifecycleStore } from './lifecycle-exchange.ts';

/** The errors of S3 for a lifecycle that it will never take, however often it is put. */
const REFUSALS = ['InvalidArgument', 'InvalidRequest', 'MalformedXML', 'AccessDenied'];

/** The lifecycle of one bucket in S3. */
export function bucketLifecycle(client: S3Client, place: BucketLocation): LifecycleStore {
  const asked = { Bucket: place.bucket, ExpectedBucketOwner: place.accountId };
  const reader = createBucketReader(() => client);
  return {
    read: () => reader.lifecycle(place),
    async write(configuration) {
      try {
        if (configuration === undefined) {
          await client.send(new DeleteBucketLifecycleCommand(asked));
          return;
        }
        const { rules, minimumObjectSize } = configuration;
        await client.send(
          new PutBucketLifecycleConfigurationCommand({
            ...asked,
            LifecycleConfiguration: { Rules: [...rules] },
            ...(minimumObjectSize === undefined
              ? {}
              : { TransitionDefaultMinimumObjectSize: minimumObjectSize }),
          }),
        );
      } catch (error) {
        if (!(error instanceof Error) || !REFUSALS.includes(error.name)) throw error;
        throw new RepairRefusedError(`S3 refused the lifecycle: ${error.name}: ${error.message}`);
      }
    },
  };
}
