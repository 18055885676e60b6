import type { CopyObjectCommandInput } from '@aws-sdk/client-s3';
import { decodeUri } from '../../core/names/decode-uri.ts';
import type { ObjectVersion } from './bucket.ts';
import type { ObjectContext } from './object-context.ts';
import { findVersion } from './read-object.ts';
import { invalidArgument, noSuchKey, preconditionFailed } from './s3-errors.ts';

/** The members of an input that say what is copied, and on which conditions. */
type CopyInput = Pick<
  CopyObjectCommandInput,
  | 'CopySource'
  | 'CopySourceIfMatch'
  | 'CopySourceIfNoneMatch'
  | 'CopySourceIfModifiedSince'
  | 'CopySourceIfUnmodifiedSince'
>;

/** The object that a CopySource names. */
export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly version: ObjectVersion;
  /** Whether its bucket has, or had, versioning. */
  readonly hasVersions: boolean;
}

/**
 * Finds the current version of a CopySource, or the one that it names, if its conditions hold.
 * @throws {AwsError} `NoSuchKey`, `PreconditionFailed`, `InvalidArgument`.
 */
export function copySourceOf({ store }: ObjectContext, input: CopyInput): CopySource {
  const [written = '', versionId = ''] = (input.CopySource ?? '').split('?versionId=');
  // The bucket and the key are percent-encoded; what stands behind them is not part of either.
  const path = decodeUri(written);
  if (path === undefined) throw invalidArgument('Invalid copy source encoding.');
  const [bucket = '', ...parts] = path.replace(/^\//, '').split('/');
  const key = parts.join('/');
  const from = store.get(bucket);
  const version = findVersion(from, key, versionId || undefined);
  if (version === undefined) throw noSuchKey(key);
  checkConditions(version, input);
  return { bucket, key, version, hasVersions: from.versioning !== undefined };
}

/** The version that was copied, as an output names it. */
export function copiedVersion({ hasVersions, version }: CopySource) {
  return hasVersions ? { CopySourceVersionId: version.versionId } : {};
}

function checkConditions({ eTag, lastModified }: ObjectVersion, input: CopyInput): void {
  const { CopySourceIfMatch: match, CopySourceIfNoneMatch: noneMatch } = input;
  const { CopySourceIfModifiedSince: since, CopySourceIfUnmodifiedSince: until } = input;
  const isSame = (given: string) => given.replaceAll('"', '') === eTag.replaceAll('"', '');
  if (match !== undefined && !isSame(match)) {
    throw preconditionFailed('x-amz-copy-source-If-Match');
  }
  if (match === undefined && until !== undefined && lastModified > until) {
    throw preconditionFailed('x-amz-copy-source-If-Unmodified-Since');
  }
  if (noneMatch !== undefined && isSame(noneMatch)) {
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
  }
  if (noneMatch === undefined && since !== undefined && lastModified <= since) {
    throw preconditionFailed('x-amz-copy-source-If-Modified-Since');
  }
}
