import type { Bucket, ObjectVersion } from './bucket.ts';
import type { BucketStore } from './bucket-store.ts';

/** What the actions on objects work on. */
export interface ObjectContext {
  readonly store: BucketStore;
  readonly uuid: () => string;
  /** Tells EventBridge of a new object, where the bucket does so. */
  tell(bucket: Bucket, version: ObjectVersion, reason: 'PutObject' | 'CopyObject'): void;
}
