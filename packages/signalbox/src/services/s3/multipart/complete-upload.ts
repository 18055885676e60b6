import { createHash } from 'node:crypto';
import type { CompletedPart, CompleteMultipartUploadCommandInput } from '@aws-sdk/client-s3';
import { AwsError } from '../../../core/aws-error.ts';
import { type Checksums, checksumOutput, checksumsOf } from '../checksums.ts';
import { encryptionOutput } from '../encryption.ts';
import type { ObjectContext } from '../object-context.ts';
import { malformedXml } from '../s3-errors.ts';
import { checkWriteCondition, versionOf, writeObject } from '../write-object.ts';
import type { CompletedOutput } from './completed-uploads.ts';
import { findUpload, type UploadInput } from './find-upload.ts';
import type { MultipartUpload, UploadedPart } from './multipart-upload.ts';
import { wholeChecksums } from './whole-checksums.ts';

const MIN_PART_BYTES = 5 * 1024 * 1024;

/** CompleteMultipartUpload: the object is there from now on, made of the parts that are named. */
export function completeMultipartUpload(
  context: ObjectContext,
  input: CompleteMultipartUploadCommandInput,
): CompletedOutput {
  const answered = context.completed.answerTo(input);
  if (answered !== undefined) return answered;
  const output = complete(context, findUpload(context, input), input);
  context.completed.note(input, output);
  return output;
}

function complete(
  context: ObjectContext,
  upload: MultipartUpload,
  input: CompleteMultipartUploadCommandInput,
): CompletedOutput {
  const bucket = context.store.get(input.Bucket);
  const parts = chosenParts(upload, input.MultipartUpload?.Parts ?? []);
  checkWriteCondition(bucket, input);
  const digests = parts.map(({ body }) => createHash('md5').update(body).digest());
  const whole = createHash('md5').update(Buffer.concat(digests)).digest('hex');
  const body = Buffer.concat(parts.map((part) => part.body));
  const checksums = wholeChecksums(parts, body, upload.checksumType);
  checkWhole(checksumsOf(input), checksums);
  const version = writeObject(context, bucket, {
    ...upload.object,
    body,
    checksums,
    eTag: `"${whole}-${parts.length}"`,
  });
  context.uploads.delete(upload.uploadId);
  context.notify(bucket, version, { type: 'Object Created', reason: 'CompleteMultipartUpload' });
  return {
    Location: `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(version.key)}`,
    Bucket: bucket.name,
    Key: version.key,
    ETag: version.eTag,
    ...encryptionOutput(version),
    ...checksumOutput(checksums),
    ...versionOf(bucket, version),
  };
}

/** @throws {AwsError} `BadDigest` where the client expects another checksum than the parts come to. */
function checkWhole(expected: Checksums, found: Checksums): void {
  for (const [name, checksum] of Object.entries(expected)) {
    if (Object.entries(found).some(([own, value]) => own === name && value === checksum)) continue;
    throw new AwsError(
      'BadDigest',
      `The ${name.replace('Checksum', '').toLowerCase()} you specified did not match the calculated checksum.`,
    );
  }
}

/** AbortMultipartUpload. @throws {AwsError} `NoSuchUpload`. */
export function abortMultipartUpload(context: ObjectContext, input: UploadInput): object {
  context.uploads.delete(findUpload(context, input).uploadId);
  return {};
}

function chosenParts({ parts }: MultipartUpload, chosen: readonly CompletedPart[]): UploadedPart[] {
  if (chosen.length === 0) throw malformedXml();
  const numbers = chosen.map(({ PartNumber }) => PartNumber ?? 0);
  if (numbers.some((number, at) => at > 0 && number <= (numbers[at - 1] ?? 0))) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
    );
  }
  const found = chosen.map(({ PartNumber = 0, ETag = '' }) => {
    const part = parts.get(PartNumber);
    if (part !== undefined && unquoted(part.eTag) === unquoted(ETag)) return part;
    throw new AwsError(
      'InvalidPart',
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    );
  });
  if (found.slice(0, -1).some(({ body }) => body.length < MIN_PART_BYTES)) {
    throw new AwsError(
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
    );
  }
  return found;
}

function unquoted(eTag: string): string {
  return eTag.replaceAll('"', '');
}
