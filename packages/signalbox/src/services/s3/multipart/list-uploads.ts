import type {
  ListMultipartUploadsCommandInput,
  ListMultipartUploadsCommandOutput,
  ListPartsCommandInput,
  ListPartsCommandOutput,
} from '@aws-sdk/client-s3';
import type { S3Output } from '../buckets.ts';
import type { ObjectContext } from '../object-context.ts';
import { findUpload } from './find-upload.ts';

const MAX_LISTED = 1_000;

/** ListParts: in the order of their numbers. */
export function listParts(
  context: ObjectContext,
  input: ListPartsCommandInput,
): S3Output<ListPartsCommandOutput> {
  const { bucket, object, uploadId, parts } = findUpload(context, input);
  const size = Math.min(input.MaxParts ?? MAX_LISTED, MAX_LISTED);
  const after = Number(input.PartNumberMarker ?? 0);
  const left = [...parts].filter(([number]) => number > after).sort(([a], [b]) => a - b);
  const page = left.slice(0, size);
  const isTruncated = left.length > page.length;
  return {
    Bucket: bucket,
    Key: object.key,
    UploadId: uploadId,
    MaxParts: size,
    IsTruncated: isTruncated,
    PartNumberMarker: String(after),
    ...(isTruncated && { NextPartNumberMarker: String(page.at(-1)?.[0] ?? after) }),
    Parts: page.map(([PartNumber, { body, checksums, eTag, lastModified }]) => ({
      PartNumber,
      ETag: eTag,
      Size: body.length,
      LastModified: lastModified,
      ...checksums,
    })),
    StorageClass: 'STANDARD',
  };
}

/** ListMultipartUploads: those of a bucket that are under way, by their keys. */
export function listMultipartUploads(
  { store, uploads }: ObjectContext,
  { Bucket: name, Prefix: prefix = '' }: ListMultipartUploadsCommandInput,
): S3Output<ListMultipartUploadsCommandOutput> {
  const bucket = store.get(name);
  const found = [...uploads.values()]
    .filter(({ bucket: own, object }) => own === bucket.name && object.key.startsWith(prefix))
    .sort((a, b) => (a.object.key < b.object.key ? -1 : 1));
  return {
    Bucket: bucket.name,
    Prefix: prefix,
    MaxUploads: MAX_LISTED,
    IsTruncated: false,
    Uploads: found.map(({ uploadId, object, initiated }) => ({
      UploadId: uploadId,
      Key: object.key,
      Initiated: initiated,
      StorageClass: 'STANDARD',
    })),
  };
}
