import type {
  GetBucketLifecycleConfigurationCommandOutput,
  PutBucketLifecycleConfigurationCommandInput,
  PutBucketLifecycleConfigurationCommandOutput,
} from '@aws-sdk/client-s3';
import type { BucketStore } from './bucket-store.ts';
import type { Answer, BucketInput } from './buckets.ts';
import { checkLifecycleRules } from './lifecycle-rules.ts';
import { noSuchLifecycleConfiguration } from './s3-errors.ts';

/** AWS: since September 2024 the default for buckets that say nothing else. */
const MINIMUM_SIZE = 'all_storage_classes_128K';

/** GetBucketLifecycleConfiguration. @throws {AwsError} `NoSuchLifecycleConfiguration`. */
export function getBucketLifecycleConfiguration(
  store: BucketStore,
  { Bucket: name }: BucketInput,
): Answer<GetBucketLifecycleConfigurationCommandOutput> {
  const { lifecycle } = store.get(name);
  if (lifecycle === undefined) throw noSuchLifecycleConfiguration();
  return { Rules: [...lifecycle], TransitionDefaultMinimumObjectSize: MINIMUM_SIZE };
}

/** PutBucketLifecycleConfiguration: replaces all rules; a rule without an ID gets one. */
export function putBucketLifecycleConfiguration(
  store: BucketStore,
  {
    Bucket: name,
    LifecycleConfiguration: configuration,
  }: PutBucketLifecycleConfigurationCommandInput,
  uuid: () => string,
): Answer<PutBucketLifecycleConfigurationCommandOutput> {
  const bucket = store.get(name);
  const rules = checkLifecycleRules(configuration?.Rules);
  bucket.lifecycle = rules.map((rule) => ({ ...rule, ID: rule.ID ?? uuid() }));
  return { TransitionDefaultMinimumObjectSize: MINIMUM_SIZE };
}

/** DeleteBucketLifecycle. */
export function deleteBucketLifecycle(store: BucketStore, { Bucket: name }: BucketInput): object {
  store.get(name).lifecycle = undefined;
  return {};
}
