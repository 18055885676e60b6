import type {
  GetObjectLegalHoldCommandInput,
  GetObjectLegalHoldCommandOutput,
  PutObjectLegalHoldCommandInput,
} from '@aws-sdk/client-s3';
import type { S3Output } from '../buckets.ts';
import type { ObjectContext } from '../object-context.ts';
import { malformedXml } from '../s3-errors.ts';
import { noSuchLock } from './lock-refusals.ts';
import { lockableVersion } from './lockable-version.ts';

/** GetObjectLegalHold. @throws {AwsError} `NoSuchObjectLockConfiguration` where there never was one. */
export function getObjectLegalHold(
  { store }: ObjectContext,
  input: GetObjectLegalHoldCommandInput,
): S3Output<GetObjectLegalHoldCommandOutput> {
  const { version } = lockableVersion(store, input, 'GET');
  const { legalHold } = version.lock ?? {};
  if (legalHold === undefined) throw noSuchLock();
  return { LegalHold: { Status: legalHold } };
}

/** PutObjectLegalHold: it has no end but that somebody takes it away. */
export function putObjectLegalHold(
  { store }: ObjectContext,
  input: PutObjectLegalHoldCommandInput,
): object {
  const legalHold = input.LegalHold?.Status;
  if (legalHold !== 'ON' && legalHold !== 'OFF') throw malformedXml();
  const { bucket, version } = lockableVersion(store, input, 'PUT');
  bucket.change(version, { lock: { ...version.lock, legalHold } });
  return {};
}
