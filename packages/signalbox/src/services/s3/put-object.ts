import type {
  CopyObjectCommandInput,
  CopyObjectCommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import type { S3Output } from './buckets.ts';
import { checkBody, checksumOutput, checksumsOf } from './checksums.ts';
import { type CopySource, copiedVersion, copySourceOf } from './copy-source.ts';
import { encryptionOutput } from './encryption.ts';
import type { ObjectContext } from './object-context.ts';
import { checkLockedBody, isToBeLocked } from './object-lock/lock-headers.ts';
import { invalidRequest } from './s3-errors.ts';
import { bytesOf, checkWriteCondition, newObject, versionOf, writeObject } from './write-object.ts';

/** PutObject. */
export function putObject(
  context: ObjectContext,
  input: PutObjectCommandInput,
): S3Output<PutObjectCommandOutput> {
  const bucket = context.store.get(input.Bucket);
  const object = newObject(bucket, input, context.store.now());
  const body = bytesOf(input.Body);
  checkBody(body, input);
  checkLockedBody('Object', isToBeLocked(bucket, object), input);
  checkWriteCondition(bucket, input);
  const checksums = checksumsOf(input);
  const version = writeObject(context, bucket, { ...object, body, checksums });
  context.notify(bucket, version, { type: 'Object Created', reason: 'PutObject' });
  return {
    ETag: version.eTag,
    ...encryptionOutput(version),
    ...checksumOutput(checksums),
    ...versionOf(bucket, version),
  };
}

/** CopyObject: of the current version, or of the one that the source names. */
export function copyObject(
  context: ObjectContext,
  input: CopyObjectCommandInput,
): S3Output<CopyObjectCommandOutput> {
  const bucket = context.store.get(input.Bucket);
  const source = copySourceOf(context, input);
  checkChange(input, source);
  const given = newObject(bucket, input, context.store.now());
  const from = source.version;
  const isReplaced = input.MetadataDirective === 'REPLACE';
  const version = writeObject(context, bucket, {
    ...given,
    body: from.body,
    headers: isReplaced ? given.headers : from.headers,
    metadata: isReplaced ? given.metadata : from.metadata,
    tags: input.TaggingDirective === 'REPLACE' ? given.tags : from.tags,
    ...(from.checksums && { checksums: from.checksums }),
  });
  context.notify(bucket, version, { type: 'Object Created', reason: 'CopyObject' });
  return {
    CopyObjectResult: { ETag: version.eTag, LastModified: version.lastModified },
    ...encryptionOutput(version),
    ...copiedVersion(source),
    ...versionOf(bucket, version),
  };
}

/** AWS: an object is copied to itself only to change something of it. */
function checkChange(input: CopyObjectCommandInput, { bucket, key, version }: CopySource): void {
  const isItself = bucket === input.Bucket && key === input.Key;
  const changes =
    input.MetadataDirective === 'REPLACE' ||
    input.StorageClass !== undefined ||
    input.WebsiteRedirectLocation !== undefined ||
    input.ServerSideEncryption !== undefined ||
    input.CopySource?.includes('?versionId=') === true;
  if (!isItself || changes || version.isDeleteMarker) return;
  throw invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
