import type { PutObjectCommandInput, ServerSideEncryption } from '@aws-sdk/client-s3';
import { invalidArgument } from './s3-errors.ts';

/** How an object is said to be encrypted: nothing here is. */
export interface ObjectEncryption {
  readonly ServerSideEncryption: ServerSideEncryption;
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean;
}

/** AWS: what every object has that asks for nothing else. */
const S3_KEYS: ObjectEncryption = { ServerSideEncryption: 'AES256' };

type EncryptionInput = Pick<
  PutObjectCommandInput,
  'ServerSideEncryption' | 'SSEKMSKeyId' | 'BucketKeyEnabled'
>;

/** Reads how a new object is to be encrypted. @throws {AwsError} `InvalidArgument` for a key of KMS without KMS. */
export function encryptionOf(input: EncryptionInput): ObjectEncryption {
  const { ServerSideEncryption: kind, SSEKMSKeyId: key, BucketKeyEnabled: bucketKey } = input;
  const isKms = kind === 'aws:kms' || kind === 'aws:kms:dsse';
  if (key !== undefined && !isKms) {
    throw invalidArgument(
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
      'x-amz-server-side-encryption',
    );
  }
  if (kind === undefined || !isKms) return S3_KEYS;
  return {
    ServerSideEncryption: kind,
    ...(key !== undefined && { SSEKMSKeyId: key }),
    ...(bucketKey !== undefined && { BucketKeyEnabled: bucketKey }),
  };
}

/** The same as an output has it, of a version that may have been kept before there was another than S3's. */
export function encryptionOutput({
  encryption,
}: {
  readonly encryption?: ObjectEncryption;
}): ObjectEncryption {
  return encryption ?? S3_KEYS;
}
