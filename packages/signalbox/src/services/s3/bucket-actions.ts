import type { Action } from '../../core/service.ts';
import { bind } from './bind.ts';
import { getBucketPolicyStatus } from './bucket-policy.ts';
import {
  deleteBucketTagging,
  getBucketNotificationConfiguration,
  getBucketTagging,
  getBucketVersioning,
  putBucketNotificationConfiguration,
  putBucketTagging,
  putBucketVersioning,
} from './bucket-settings.ts';
import type { BucketStore } from './bucket-store.ts';
import { createBucket, deleteBucket, getBucketLocation, headBucket } from './buckets.ts';
import {
  deleteBucketLifecycle,
  getBucketLifecycleConfiguration,
  putBucketLifecycleConfiguration,
} from './lifecycle/lifecycle.ts';
import { listBuckets } from './list-buckets.ts';
import { listObjects, listObjectsV2 } from './list-objects.ts';
import { listObjectVersions } from './list-versions.ts';
import {
  getObjectLockConfiguration,
  putObjectLockConfiguration,
} from './object-lock/lock-configuration.ts';

/** The actions on buckets, by their names in the API. */
export function bucketActions(store: BucketStore, uuid: () => string): Record<string, Action> {
  return {
    CreateBucket: bind(store, createBucket),
    DeleteBucket: bind(store, deleteBucket),
    DeleteBucketLifecycle: bind(store, deleteBucketLifecycle),
    DeleteBucketTagging: bind(store, deleteBucketTagging),
    GetBucketLifecycleConfiguration: bind(store, getBucketLifecycleConfiguration),
    GetBucketLocation: bind(store, getBucketLocation),
    GetBucketNotificationConfiguration: bind(store, getBucketNotificationConfiguration),
    GetBucketPolicyStatus: bind(store, getBucketPolicyStatus),
    GetBucketTagging: bind(store, getBucketTagging),
    GetBucketVersioning: bind(store, getBucketVersioning),
    HeadBucket: bind(store, headBucket),
    ListBuckets: bind(store, listBuckets),
    GetObjectLockConfiguration: bind(store, getObjectLockConfiguration),
    ListObjects: bind(store, listObjects),
    ListObjectsV2: bind(store, listObjectsV2),
    ListObjectVersions: bind(store, listObjectVersions),
    PutBucketLifecycleConfiguration: bind(
      store,
      (buckets, input: Parameters<typeof putBucketLifecycleConfiguration>[1]) =>
        putBucketLifecycleConfiguration(buckets, input, uuid),
    ),
    PutBucketNotificationConfiguration: bind(store, putBucketNotificationConfiguration),
    PutObjectLockConfiguration: bind(store, putObjectLockConfiguration),
    PutBucketTagging: bind(store, putBucketTagging),
    PutBucketVersioning: bind(store, putBucketVersioning),
  };
}
