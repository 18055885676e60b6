import type { Bucket, ObjectVersion } from '../bucket.ts';
import type { BucketStore } from '../bucket-store.ts';
import { findVersion } from '../read-object.ts';
import { noSuchKey } from '../s3-errors.ts';
import { requireLock } from './lock-refusals.ts';

/** An input that names a version of an object, or the current one. */
interface VersionInput {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
}

/**
 * Finds the version whose lock is asked for or changed.
 * @throws {AwsError} `NoSuchBucket`, `InvalidRequest`, `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed` for a delete marker.
 */
export function lockableVersion(
  store: BucketStore,
  { Bucket: name, Key: key = '', VersionId: versionId }: VersionInput,
  method: 'GET' | 'PUT',
): { readonly bucket: Bucket; readonly version: ObjectVersion } {
  const bucket = store.get(name);
  requireLock(bucket);
  const version = findVersion(bucket, key, versionId, method);
  if (version === undefined) throw noSuchKey(key);
  return { bucket, version };
}
