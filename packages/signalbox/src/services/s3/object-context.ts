import type { Bucket, ObjectVersion } from './bucket.ts';
import type { BucketStore } from './bucket-store.ts';
import type { CompletedUploads } from './multipart/completed-uploads.ts';
import type { MultipartUpload } from './multipart/multipart-upload.ts';
import type { ObjectOccurrence } from './object-event.ts';

/** The store and the ports that the actions on objects work with. */
export interface ObjectContext {
  readonly store: BucketStore;
  readonly uuid: () => string;
  /** The uploads that are neither complete nor aborted, by their ids. */
  readonly uploads: Map<string, MultipartUpload>;
  readonly completed: CompletedUploads;
  /** Notifies EventBridge of what happened to an object, where the bucket does so. */
  notify(bucket: Bucket, version: ObjectVersion, occurrence: ObjectOccurrence): void;
}
