import type {
  DeleteObjectTaggingCommandInput,
  DeleteObjectTaggingCommandOutput,
  GetObjectCommandInput,
  GetObjectTaggingCommandInput,
  GetObjectTaggingCommandOutput,
  HeadObjectCommandInput,
  PutObjectTaggingCommandInput,
} from '@aws-sdk/client-s3';
import type { Bucket, ObjectVersion } from './bucket.ts';
import type { S3Output } from './buckets.ts';
import { checkTags } from './check-tags.ts';
import { checksumOutput } from './checksums.ts';
import { encryptionOutput } from './encryption.ts';
import type { ObjectContext } from './object-context.ts';
import type { ObjectLock } from './object-lock/object-lock.ts';
import { readRange } from './object-range.ts';
import {
  methodNotAllowed,
  noSuchKey,
  noSuchVersion,
  notFound,
  notModified,
  preconditionFailed,
} from './s3-errors.ts';

const MAX_OBJECT_TAGS = 10;

/** Finds the current version, or the one that is named; undefined where the object is not there. */
export function findVersion(
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  method: 'GET' | 'PUT' = 'GET',
): ObjectVersion | undefined {
  if (versionId === undefined) return bucket.current(key);
  const version = bucket.version(key, versionId);
  if (version === undefined) throw noSuchVersion();
  if (version.isDeleteMarker) throw methodNotAllowed(method);
  return version;
}

/** GetObject: whole, or the range that is asked for. */
export function getObject({ store }: ObjectContext, input: GetObjectCommandInput): object {
  const bucket = store.get(input.Bucket);
  const { Key: key = '' } = input;
  const version = findVersion(bucket, key, input.VersionId);
  if (version === undefined) throw noSuchKey(key, bucket.latest(key));
  checkConditions(version, input);
  const { body } = version;
  const range = readRange(input.Range, body.length);
  // A checksum is that of the whole object, and SDKs compare it with what they have received.
  const { ChecksumMode: mode } = range === undefined ? input : {};
  const headers = { ...headersOf(bucket, version, { ChecksumMode: mode }), ...overridesOf(input) };
  if (range === undefined) return { ...headers, Body: body };
  const { start, end } = range;
  return {
    ...headers,
    ContentLength: end - start,
    ContentRange: `bytes ${start}-${end - 1}/${body.length}`,
    Body: body.subarray(start, end),
  };
}

/** HeadObject. @throws {AwsError} `NotFound`. */
export function headObject({ store }: ObjectContext, input: HeadObjectCommandInput): object {
  const bucket = store.find(input.Bucket ?? '');
  const version =
    bucket === undefined ? undefined : findVersion(bucket, input.Key ?? '', input.VersionId);
  if (bucket === undefined) throw notFound();
  if (version === undefined) throw notFound(bucket.latest(input.Key ?? ''));
  checkConditions(version, input);
  return { ...headersOf(bucket, version, input), ...overridesOf(input) };
}

/** The headers that a request sets for its response. */
function overridesOf({
  ResponseCacheControl: CacheControl,
  ResponseContentDisposition: ContentDisposition,
  ResponseContentEncoding: ContentEncoding,
  ResponseContentLanguage: ContentLanguage,
  ResponseContentType: ContentType,
  ResponseExpires: Expires,
}: GetObjectCommandInput | HeadObjectCommandInput): object {
  const given = { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage };
  const all = { ...given, ContentType, Expires };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function headersOf(
  bucket: Bucket,
  version: ObjectVersion,
  { ChecksumMode: mode }: Pick<GetObjectCommandInput, 'ChecksumMode'>,
): object {
  const { body, eTag, lastModified, headers, metadata, storageClass, tags, versionId } = version;
  return {
    ...(mode === 'ENABLED' && checksumOutput(version.checksums)),
    AcceptRanges: 'bytes',
    LastModified: lastModified,
    ContentLength: body.length,
    ETag: eTag,
    ...encryptionOutput(version),
    ...headers,
    ...(headers['Expires'] !== undefined && { Expires: new Date(headers['Expires']) }),
    Metadata: metadata,
    // AWS leaves out the class that objects have by default.
    ...(storageClass === 'STANDARD' ? {} : { StorageClass: storageClass }),
    ...(bucket.versioning === undefined ? {} : { VersionId: versionId }),
    ...(tags.length === 0 ? {} : { TagCount: tags.length }),
    ...lockOutput(version.lock),
  };
}

function lockOutput({ retention, legalHold }: ObjectLock = {}): object {
  return {
    ...(retention && {
      ObjectLockMode: retention.mode,
      ObjectLockRetainUntilDate: retention.until,
    }),
    ...(legalHold && { ObjectLockLegalHoldStatus: legalHold }),
  };
}

function checkConditions(
  { eTag, lastModified }: ObjectVersion,
  input: GetObjectCommandInput | HeadObjectCommandInput,
): void {
  const { IfMatch: match, IfNoneMatch: noneMatch, IfModifiedSince: modified } = input;
  const isSame = (given: string): boolean => given.split(',').some((one) => isOf(one.trim(), eTag));
  if (match !== undefined && !isSame(match)) throw preconditionFailed('If-Match');
  const isUnmodified = input.IfUnmodifiedSince;
  if (match === undefined && isUnmodified !== undefined && lastModified > isUnmodified) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const isOld = noneMatch === undefined && modified !== undefined && lastModified <= modified;
  if ((noneMatch !== undefined && isSame(noneMatch)) || isOld) {
    throw notModified(eTag, lastModified);
  }
}

/** RFC 9110, 13.1: a condition lists tags, of which any may be weak, or says that any will do. */
function isOf(tag: string, eTag: string): boolean {
  return tag === '*' || tag.replace(/^W\//, '').replaceAll('"', '') === eTag.replaceAll('"', '');
}

/** GetObjectTagging. */
export function getObjectTagging(
  { store }: ObjectContext,
  { Bucket: bucket, Key: key = '', VersionId: versionId }: GetObjectTaggingCommandInput,
): S3Output<GetObjectTaggingCommandOutput> {
  const found = store.get(bucket);
  const version = findVersion(found, key, versionId);
  if (version === undefined) throw noSuchKey(key);
  return { TagSet: [...version.tags], ...taggedVersion(found, version) };
}

/** PutObjectTagging. */
export function putObjectTagging(
  { store, notify }: ObjectContext,
  {
    Bucket: bucket,
    Key: key = '',
    VersionId: versionId,
    Tagging: tagging,
  }: PutObjectTaggingCommandInput,
): object {
  const found = store.get(bucket);
  const version = findVersion(found, key, versionId);
  if (version === undefined) throw noSuchKey(key);
  found.change(version, { tags: checkTags(tagging?.TagSet, MAX_OBJECT_TAGS) });
  notify(found, version, { type: 'Object Tags Added' });
  return taggedVersion(found, version);
}

/** DeleteObjectTagging. */
export function deleteObjectTagging(
  { store, notify }: ObjectContext,
  { Bucket: bucket, Key: key = '', VersionId: versionId }: DeleteObjectTaggingCommandInput,
): S3Output<DeleteObjectTaggingCommandOutput> {
  const found = store.get(bucket);
  const version = findVersion(found, key, versionId);
  if (version === undefined) throw noSuchKey(key);
  found.change(version, { tags: [] });
  notify(found, version, { type: 'Object Tags Deleted' });
  return taggedVersion(found, version);
}

function taggedVersion({ versioning }: Bucket, { versionId }: ObjectVersion) {
  return versioning === undefined ? {} : { VersionId: versionId };
}
