import type {
  GetObjectRetentionCommandInput,
  GetObjectRetentionCommandOutput,
  ObjectLockRetention,
  PutObjectRetentionCommandInput,
} from '@aws-sdk/client-s3';
import type { S3Output } from '../buckets.ts';
import type { ObjectContext } from '../object-context.ts';
import { malformedXml } from '../s3-errors.ts';
import { checkBypass, checkUntil, isProtected, noSuchLock } from './lock-refusals.ts';
import { lockableVersion } from './lockable-version.ts';
import { type Retention, standing } from './object-lock.ts';

/** GetObjectRetention. @throws {AwsError} `NoSuchObjectLockConfiguration`. */
export function getObjectRetention(
  { store }: ObjectContext,
  input: GetObjectRetentionCommandInput,
): S3Output<GetObjectRetentionCommandOutput> {
  const { version } = lockableVersion(store, input, 'GET');
  const { retention } = version.lock ?? {};
  if (retention === undefined) throw noSuchLock();
  return { Retention: { Mode: retention.mode, RetainUntilDate: retention.until } };
}

/**
 * PutObjectRetention: everybody may lengthen a retention; in governance mode one is shortened or taken away by
 * those who bypass it, in compliance mode by nobody.
 * @throws {AwsError} `AccessDenied`, `MalformedXML`, `InvalidArgument`.
 */
export function putObjectRetention(
  { store }: ObjectContext,
  input: PutObjectRetentionCommandInput,
): object {
  const wanted = readRetention(input.Retention);
  const { bucket, version } = lockableVersion(store, input, 'PUT');
  const { BypassGovernanceRetention: bypass } = input;
  checkBypass(bucket, bypass);
  if (wanted !== undefined) checkUntil(wanted.until, store.now(), 'RetainUntilDate');
  const present = standing(version.lock?.retention, store.now());
  const mayLoosen = present?.mode === 'GOVERNANCE' && bypass === true;
  if (present !== undefined && isLooser(wanted, present) && !mayLoosen) throw isProtected();
  bucket.change(version, { lock: { ...version.lock, retention: wanted } });
  return {};
}

function readRetention(given: ObjectLockRetention | undefined): Retention | undefined {
  if (given === undefined) throw malformedXml();
  const { Mode: mode, RetainUntilDate: until } = given;
  if (mode === undefined && until === undefined) return undefined;
  if ((mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') || until === undefined) throw malformedXml();
  return { mode, until };
}

function isLooser(wanted: Retention | undefined, present: Retention): boolean {
  if (wanted === undefined || wanted.until < present.until) return true;
  return present.mode === 'COMPLIANCE' && wanted.mode === 'GOVERNANCE';
}
