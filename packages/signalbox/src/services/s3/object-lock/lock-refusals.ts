import { AwsError } from '../../../core/aws-error.ts';
import type { Bucket } from '../bucket.ts';
import { accessDenied, invalidArgument, invalidBucketState, invalidRequest } from '../s3-errors.ts';

/** Amazon S3's refusals of object lock, as recorded. */

export function isProtected(): AwsError {
  return accessDenied('Access Denied because object protected by object lock.');
}

export function noSuchLock(): AwsError {
  return new AwsError(
    'NoSuchObjectLockConfiguration',
    'The specified object does not have a ObjectLock configuration',
  );
}

/** Objects are locked by their versions. */
export function versioningIsLocked(): AwsError {
  return invalidBucketState(
    'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
  );
}

/** @throws {AwsError} `InvalidRequest` for a bucket without object lock. */
export function requireLock({ lock }: Bucket): void {
  if (lock === undefined) throw invalidRequest('Bucket is missing Object Lock Configuration');
}

/**
 * Checks the header that passes over a governance retention.
 * @throws {AwsError} `InvalidArgument` where nothing is ever retained, whatever the header says.
 */
export function checkBypass({ lock }: Bucket, bypass: boolean | undefined): void {
  if (bypass === undefined || lock !== undefined) return;
  const header = 'x-amz-bypass-governance-retention';
  throw invalidArgument(`${header} is only applicable to Object Lock enabled buckets.`, header);
}

/**
 * Checks that a retention ends in the future.
 * @throws {AwsError} `InvalidArgument`.
 */
export function checkUntil(until: Date, now: Date, argument: string): void {
  if (until > now) return;
  throw invalidArgument('The retain until date must be in the future!', argument);
}
