import type { ObjectLockLegalHoldStatus, ObjectLockRetentionMode } from '@aws-sdk/client-s3';

/** The time for which a version may not be deleted. */
export interface Retention {
  readonly mode: ObjectLockRetentionMode;
  readonly until: Date;
}

/** What keeps one version of an object from being deleted. */
export interface ObjectLock {
  readonly retention?: Retention | undefined;
  /** `OFF` where there once was one. */
  readonly legalHold?: ObjectLockLegalHoldStatus | undefined;
}

/** How long versions are retained of which the request says nothing. */
export interface DefaultRetention {
  readonly mode: ObjectLockRetentionMode;
  readonly days?: number;
  readonly years?: number;
}

/** The object lock of a bucket, which is never taken away. */
export interface BucketLock {
  readonly defaultRetention?: DefaultRetention;
}

/**
 * Returns whether a version may not be deleted.
 * @param bypasses Whether the caller passes over a retention in governance mode.
 */
export function isLocked(lock: ObjectLock | undefined, now: Date, bypasses: boolean): boolean {
  if (lock?.legalHold === 'ON') return true;
  const retention = standing(lock?.retention, now);
  return retention !== undefined && !(bypasses && retention.mode === 'GOVERNANCE');
}

/** A retention whose time is not over. */
export function standing(retention: Retention | undefined, now: Date): Retention | undefined {
  return retention !== undefined && retention.until > now ? retention : undefined;
}

/** The lock of a new version: what its request says, and the bucket's default retention where it says none. */
export function lockOfNew(
  given: ObjectLock | undefined,
  bucket: BucketLock | undefined,
  now: Date,
): ObjectLock | undefined {
  const byDefault = bucket?.defaultRetention;
  if (given?.retention !== undefined || byDefault === undefined) return given;
  return { ...given, retention: { mode: byDefault.mode, until: endOf(byDefault, now) } };
}

function endOf({ days = 0, years = 0 }: DefaultRetention, from: Date): Date {
  const end = new Date(from);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  end.setUTCDate(end.getUTCDate() + days);
  return end;
}
