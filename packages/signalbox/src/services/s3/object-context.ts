import type { Bucket, ObjectVersion } from './bucket.ts';
import type { BucketStore } from './bucket-store.ts';

/** The store and the ports that the actions on objects work with. */
export interface ObjectContext {
  readonly store: BucketStore;
  readonly uuid: () => string;
  /** Notifies EventBridge of a new object, where the bucket does so. */
  notify(bucket: Bucket, version: ObjectVersion, reason: 'PutObject' | 'CopyObject'): void;
}
