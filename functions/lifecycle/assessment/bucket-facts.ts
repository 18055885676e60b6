import type { LifecycleRule, TransitionDefaultMinimumObjectSize } from '@aws-sdk/client-s3';

/** A lifecycle as S3 keeps it: what a GET returns, and a PUT takes. */
export interface LifecycleConfiguration {
  readonly rules: readonly LifecycleRule[];
  /** Undefined leaves it to S3, whose default is `all_storage_classes_128K`. */
  readonly minimumObjectSize: TransitionDefaultMinimumObjectSize | undefined;
}

/** Which bucket. */
export interface BucketName {
  readonly accountId: string;
  readonly bucket: string;
}

/** The facts that an audit reads of a bucket. */
export interface BucketFacts extends BucketName {
  readonly region: string;
  /** Undefined where it has none. */
  readonly configuration: LifecycleConfiguration | undefined;
  /** `Suspended` leaves the versions that there are. */
  readonly versioning: 'Enabled' | 'Suspended' | undefined;
  /** AWS: "You cannot use MFA delete with lifecycle configurations". */
  readonly isMfaDelete: boolean;
  readonly tags: Readonly<Record<string, string>>;
}
