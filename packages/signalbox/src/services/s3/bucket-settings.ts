import type {
  GetBucketNotificationConfigurationCommandOutput,
  GetBucketTaggingCommandOutput,
  GetBucketVersioningCommandOutput,
  PutBucketNotificationConfigurationCommandInput,
  PutBucketTaggingCommandInput,
  PutBucketVersioningCommandInput,
} from '@aws-sdk/client-s3';
import type { BucketStore } from './bucket-store.ts';
import type { BucketInput, S3Output } from './buckets.ts';
import { checkTags, MAX_BUCKET_TAGS } from './check-tags.ts';
import { readAt } from './lifecycle/eventual.ts';
import { versioningIsLocked } from './object-lock/lock-refusals.ts';
import {
  accessDenied,
  invalidBucketState,
  malformedXml,
  noSuchTagSet,
  notRehearsed,
} from './s3-errors.ts';

/** GetBucketVersioning: a bucket that never had it returns nothing. */
export function getBucketVersioning(
  store: BucketStore,
  { Bucket: name }: BucketInput,
): S3Output<GetBucketVersioningCommandOutput> {
  const { versioning, mfaDelete } = store.get(name);
  return {
    ...(versioning === undefined ? {} : { Status: versioning }),
    ...(mfaDelete ? { MFADelete: 'Enabled' } : {}),
  };
}

/** PutBucketVersioning. */
export function putBucketVersioning(
  store: BucketStore,
  { Bucket: name, VersioningConfiguration: configuration }: PutBucketVersioningCommandInput,
): object {
  const bucket = store.get(name);
  const status = configuration?.Status;
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
  const asksMfa = configuration?.MFADelete === 'Enabled';
  // AWS: nobody changes the versioning of such a bucket without the code of the root user's device.
  if (bucket.mfaDelete) throw accessDenied('Mfa Authentication must be used for this request');
  if (asksMfa && readAt(bucket.lifecycle, store.now().getTime()) !== undefined) {
    throw invalidBucketState(
      'Mfa Authentication is not supported on a bucket with lifecycle configuration. Delete lifecycle configuration before enabling Mfa Authentication.',
    );
  }
  if (asksMfa) throw notRehearsed('MFA devices: seed the bucket with mfaDelete');
  if (bucket.lock !== undefined && status === 'Suspended') throw versioningIsLocked();
  bucket.versioning = status;
  return {};
}

/** GetBucketTagging. @throws {AwsError} `NoSuchTagSet`. */
export function getBucketTagging(
  store: BucketStore,
  { Bucket: name }: BucketInput,
): S3Output<GetBucketTaggingCommandOutput> {
  const { tags } = store.get(name);
  if (tags === undefined) throw noSuchTagSet();
  return { TagSet: [...tags] };
}

/** PutBucketTagging. */
export function putBucketTagging(
  store: BucketStore,
  { Bucket: name, Tagging: tagging }: PutBucketTaggingCommandInput,
): object {
  store.get(name).tags = checkTags(tagging?.TagSet, MAX_BUCKET_TAGS);
  return {};
}

/** DeleteBucketTagging. */
export function deleteBucketTagging(store: BucketStore, { Bucket: name }: BucketInput): object {
  store.get(name).tags = undefined;
  return {};
}

/** GetBucketNotificationConfiguration. */
export function getBucketNotificationConfiguration(
  store: BucketStore,
  { Bucket: name }: BucketInput,
): S3Output<GetBucketNotificationConfigurationCommandOutput> {
  return store.get(name).notifiesEventBridge ? { EventBridgeConfiguration: {} } : {};
}

/** PutBucketNotificationConfiguration: to EventBridge; other targets are refused. */
export function putBucketNotificationConfiguration(
  store: BucketStore,
  {
    Bucket: name,
    NotificationConfiguration: configuration = {},
  }: PutBucketNotificationConfigurationCommandInput,
): object {
  const bucket = store.get(name);
  const { EventBridgeConfiguration: eventBridge, ...others } = configuration;
  if (Object.values(others).some((targets) => targets !== undefined && targets.length > 0)) {
    throw notRehearsed('notifications of queues, topics and functions: use EventBridge');
  }
  bucket.notifiesEventBridge = eventBridge !== undefined;
  return {};
}
