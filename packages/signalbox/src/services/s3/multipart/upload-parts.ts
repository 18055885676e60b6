import { createHash } from 'node:crypto';
import type {
  CreateMultipartUploadCommandInput,
  CreateMultipartUploadCommandOutput,
  UploadPartCommandInput,
  UploadPartCommandOutput,
  UploadPartCopyCommandInput,
  UploadPartCopyCommandOutput,
} from '@aws-sdk/client-s3';
import type { S3Output } from '../buckets.ts';
import { checkBody, checksumsOf } from '../checksums.ts';
import { copiedVersion, copySourceOf } from '../copy-source.ts';
import { encryptionOutput } from '../encryption.ts';
import type { ObjectContext } from '../object-context.ts';
import { checkLockedBody, isToBeLocked } from '../object-lock/lock-headers.ts';
import { readRange } from '../object-range.ts';
import { invalidArgument } from '../s3-errors.ts';
import { bytesOf, newObject } from '../write-object.ts';
import { findUpload } from './find-upload.ts';
import type { MultipartUpload, UploadedPart } from './multipart-upload.ts';

const MAX_PARTS = 10_000;

/** CreateMultipartUpload. */
export function createMultipartUpload(
  { store, uuid, uploads }: ObjectContext,
  input: CreateMultipartUploadCommandInput,
): S3Output<CreateMultipartUploadCommandOutput> {
  const bucket = store.get(input.Bucket);
  const object = newObject(bucket, input, store.now());
  const uploadId = uuid().replaceAll('-', '');
  const upload = { uploadId, bucket: bucket.name, initiated: store.now(), object };
  uploads.set(uploadId, { ...upload, checksumType: input.ChecksumType, parts: new Map() });
  return {
    Bucket: bucket.name,
    Key: object.key,
    UploadId: uploadId,
    ...encryptionOutput(object),
    ...(input.ChecksumAlgorithm && { ChecksumAlgorithm: input.ChecksumAlgorithm }),
    ...(input.ChecksumType && { ChecksumType: input.ChecksumType }),
  };
}

/** UploadPart: one of the same number gives way. */
export function uploadPart(
  context: ObjectContext,
  input: UploadPartCommandInput,
): S3Output<UploadPartCommandOutput> {
  const upload = findUpload(context, input);
  const body = bytesOf(input.Body);
  checkBody(body, input);
  const bucket = context.store.get(upload.bucket);
  checkLockedBody('Part', isToBeLocked(bucket, upload.object), input);
  const checksums = checksumsOf(input);
  const { eTag } = takePart(context, upload, input.PartNumber, { body, checksums });
  return { ETag: eTag, ...encryptionOutput(upload.object), ...checksums };
}

/** UploadPartCopy: of an object, or of a range of it. */
export function uploadPartCopy(
  context: ObjectContext,
  input: UploadPartCopyCommandInput,
): S3Output<UploadPartCopyCommandOutput> {
  const upload = findUpload(context, input);
  const source = copySourceOf(context, input);
  const { version } = source;
  const range = readRange(input.CopySourceRange, version.body.length);
  const body = range === undefined ? version.body : version.body.subarray(range.start, range.end);
  const { eTag, lastModified } = takePart(context, upload, input.PartNumber, {
    body,
    checksums: {},
  });
  return {
    CopyPartResult: { ETag: eTag, LastModified: lastModified },
    ...encryptionOutput(upload.object),
    ...copiedVersion(source),
  };
}

function takePart(
  { store }: ObjectContext,
  { parts }: MultipartUpload,
  number: number | undefined,
  { body, checksums }: Pick<UploadedPart, 'body' | 'checksums'>,
): UploadedPart {
  if (number === undefined || number < 1 || number > MAX_PARTS) {
    throw invalidArgument(
      `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`,
      'partNumber',
    );
  }
  const eTag = `"${createHash('md5').update(body).digest('hex')}"`;
  const part = { body, checksums, eTag, lastModified: store.now() };
  parts.set(number, part);
  return part;
}
