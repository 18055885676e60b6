import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { Bucket } from '../bucket.ts';
import { checksumsOf } from '../checksums.ts';
import { invalidArgument, invalidRequest } from '../s3-errors.ts';
import { checkUntil, requireLock } from './lock-refusals.ts';
import type { ObjectLock, Retention } from './object-lock.ts';

/** The headers of a write that lock what it writes. */
export type LockHeaders = Pick<
  PutObjectCommandInput,
  'ObjectLockLegalHoldStatus' | 'ObjectLockMode' | 'ObjectLockRetainUntilDate'
>;

const MODE = 'x-amz-object-lock-mode';
const UNTIL = 'x-amz-object-lock-retain-until-date';

/**
 * Reads the lock that the headers of a write ask for; undefined where they say nothing of it.
 * @throws {AwsError} `InvalidArgument`, and `InvalidRequest` for a bucket without object lock.
 */
export function readLockHeaders(
  bucket: Bucket,
  headers: LockHeaders,
  now: Date,
): ObjectLock | undefined {
  const retention = readRetention(headers);
  const { ObjectLockLegalHoldStatus: legalHold } = headers;
  if (retention === undefined && legalHold === undefined) return undefined;
  requireLock(bucket);
  if (retention !== undefined) checkUntil(retention.until, now, UNTIL);
  return { retention, legalHold };
}

function readRetention({
  ObjectLockMode: mode,
  ObjectLockRetainUntilDate: until,
}: LockHeaders): Retention | undefined {
  if (mode === undefined && until === undefined) return undefined;
  if (mode === undefined || until === undefined) {
    throw invalidArgument(
      `${UNTIL} and ${MODE} must both be supplied`,
      mode === undefined ? MODE : UNTIL,
    );
  }
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') {
    throw invalidArgument('Unknown wormMode directive.', MODE, mode);
  }
  return { mode, until };
}

/** Returns whether what is written will be locked, by its headers or by the bucket's default. */
export function isToBeLocked(
  bucket: Bucket,
  { lock }: { readonly lock?: ObjectLock | undefined },
): boolean {
  return lock !== undefined || bucket.lock?.defaultRetention !== undefined;
}

/**
 * Checks that a body which will be locked came with a digest or a checksum.
 * @throws {AwsError} `InvalidRequest`.
 */
export function checkLockedBody(
  what: 'Object' | 'Part',
  isToBeLocked: boolean,
  input: Parameters<typeof checksumsOf>[0],
): void {
  if (!isToBeLocked || input.ContentMD5 !== undefined) return;
  if (Object.keys(checksumsOf(input)).length > 0) return;
  throw invalidRequest(
    `Content-MD5 OR x-amz-checksum- HTTP header is required for Put ${what} requests with Object Lock parameters`,
  );
}
