import { AwsError } from '../../../core/aws-error.ts';
import type { ObjectContext } from '../object-context.ts';
import type { MultipartUpload } from './multipart-upload.ts';

/** An input that names an upload. */
export interface UploadInput {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly UploadId?: string | undefined;
}

/** Finds an upload. @throws {AwsError} `NoSuchBucket`, `NoSuchUpload`. */
export function findUpload(
  { store, uploads }: ObjectContext,
  { Bucket: name, Key: key, UploadId: uploadId = '' }: UploadInput,
): MultipartUpload {
  const bucket = store.get(name);
  const upload = uploads.get(uploadId);
  if (upload?.bucket === bucket.name && upload.object.key === key) return upload;
  throw new AwsError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { UploadId: uploadId },
  );
}
