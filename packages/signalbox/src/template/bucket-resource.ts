import type { JsonObject } from '../core/json.ts';

/** A bucket of Amazon S3. */
export interface BucketResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly isVersioned: boolean;
  /** Whether it notifies the default bus of new objects. */
  readonly notifiesEventBridge: boolean;
  /** Whether versioning was on and no longer is. */
  readonly isVersioningSuspended?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  /** The PutBucketLifecycleConfiguration input's rules and setting, in Amazon S3's own words, dates as texts. */
  readonly lifecycle?: JsonObject;
  /** The ObjectLockConfiguration of PutObjectLockConfiguration; undefined where nothing is locked. */
  readonly objectLock?: JsonObject;
  /** Its policy, as JSON. */
  readonly policy?: string;
  readonly notifications?: readonly BucketNotification[];
}

/** A function, queue or topic that a bucket tells of its objects. */
export interface BucketNotification {
  readonly targetArn: string;
  /** Such as `s3:ObjectCreated:*`. */
  readonly event: string;
  /** The beginning of the keys; empty for all. */
  readonly prefix: string;
  readonly suffix: string;
}
