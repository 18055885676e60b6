import { randomUUID } from 'node:crypto';
import type { Action, Service } from '../../service.ts';
import {
  deleteBucketTagging,
  getBucketNotificationConfiguration,
  getBucketTagging,
  getBucketVersioning,
  putBucketNotificationConfiguration,
  putBucketTagging,
  putBucketVersioning,
} from './bucket-settings.ts';
import { BucketStore, type S3Setting } from './bucket-store.ts';
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  headBucket,
  listBuckets,
} from './buckets.ts';
import { deleteObject, deleteObjects } from './delete-objects.ts';
import {
  deleteBucketLifecycle,
  getBucketLifecycleConfiguration,
  putBucketLifecycleConfiguration,
} from './lifecycle.ts';
import { listObjectsV2 } from './list-objects.ts';
import type { ObjectContext } from './object-context.ts';
import { objectCreated, type S3Event } from './object-created.ts';
import { copyObject, putObject } from './put-object.ts';
import { getObject, getObjectTagging, headObject, putObjectTagging } from './read-object.ts';

/** Amazon S3's buckets and objects in memory, addressed by path. */
export interface S3 {
  readonly service: Service;
  /** Makes a bucket of the template, unless it is there. @throws {AwsError} When its name is refused. */
  createBucket(bucket: BucketSettings): void;
  /** Hears of each new object in a bucket that tells EventBridge. */
  onObjectCreated(listen: (event: S3Event) => void): void;
}

/** What a template says of a bucket. */
export interface BucketSettings {
  readonly name: string;
  readonly isVersioned: boolean;
  readonly tellsEventBridge: boolean;
}

/** Makes Amazon S3 on a clock. */
export function createS3(setting: S3Setting & { readonly accountId: string }): S3 {
  const store = new BucketStore(setting);
  const listeners: ((event: S3Event) => void)[] = [];
  const context: ObjectContext = {
    store,
    uuid: randomUUID,
    tell(bucket, version, reason) {
      if (!bucket.isTelling) return;
      const about = { reason, requester: setting.accountId, requestId: randomUUID() };
      for (const listen of listeners) listen(objectCreated(bucket, version, about));
    },
  };
  const actions = { ...bucketActions(store), ...objectActions(context) };
  return {
    service: { name: 's3', client: '@aws-sdk/client-s3', actions },
    createBucket({ name, isVersioned, tellsEventBridge }) {
      const bucket = store.find(name) ?? store.add(name);
      if (isVersioned) bucket.versioning = 'Enabled';
      bucket.isTelling = tellsEventBridge;
    },
    onObjectCreated: (listen) => void listeners.push(listen),
  };
}

/** Method syntax, as in `Action`: the codec has read the input by the action's own schema. */
type Bound<Subject, Input> = { run(subject: Subject, input: Input): object }['run'];

function bind<Subject, Input extends object>(subject: Subject, run: Bound<Subject, Input>): Action {
  const action: { run(input: Input): object } = { run: (input) => run(subject, input) };
  return action.run;
}

function bucketActions(store: BucketStore): Record<string, Action> {
  return {
    CreateBucket: bind(store, createBucket),
    DeleteBucket: bind(store, deleteBucket),
    DeleteBucketLifecycle: bind(store, deleteBucketLifecycle),
    DeleteBucketTagging: bind(store, deleteBucketTagging),
    GetBucketLifecycleConfiguration: bind(store, getBucketLifecycleConfiguration),
    GetBucketLocation: bind(store, getBucketLocation),
    GetBucketNotificationConfiguration: bind(store, getBucketNotificationConfiguration),
    GetBucketTagging: bind(store, getBucketTagging),
    GetBucketVersioning: bind(store, getBucketVersioning),
    HeadBucket: bind(store, headBucket),
    ListBuckets: bind(store, listBuckets),
    ListObjectsV2: bind(store, listObjectsV2),
    PutBucketLifecycleConfiguration: bind(
      store,
      (buckets, input: Parameters<typeof putBucketLifecycleConfiguration>[1]) =>
        putBucketLifecycleConfiguration(buckets, input, randomUUID),
    ),
    PutBucketNotificationConfiguration: bind(store, putBucketNotificationConfiguration),
    PutBucketTagging: bind(store, putBucketTagging),
    PutBucketVersioning: bind(store, putBucketVersioning),
  };
}

function objectActions(context: ObjectContext): Record<string, Action> {
  return {
    CopyObject: bind(context, copyObject),
    DeleteObject: bind(context, deleteObject),
    DeleteObjects: bind(context, deleteObjects),
    GetObject: bind(context, getObject),
    GetObjectTagging: bind(context, getObjectTagging),
    HeadObject: bind(context, headObject),
    PutObject: bind(context, putObject),
    PutObjectTagging: bind(context, putObjectTagging),
  };
}
