import type { Tag } from '@aws-sdk/client-s3';
import { AwsError } from '../../core/aws-error.ts';
import { malformedXml } from './s3-errors.ts';

/** AWS: "Using cost allocation S3 bucket tags". */
export const MAX_BUCKET_TAGS = 50;

/** Checks a set of tags. @throws {AwsError} `InvalidTag` or `BadRequest`. */
export function checkTags(tags: readonly Tag[] | undefined, max: number): readonly Tag[] {
  if (tags === undefined) throw malformedXml();
  if (tags.length > max) {
    throw new AwsError(
      'BadRequest',
      `${max === MAX_BUCKET_TAGS ? 'Bucket tag count' : 'Object tags'} cannot be greater than ${max}`,
    );
  }
  const keys = tags.map(({ Key: key = '' }) => key);
  if (new Set(keys).size < keys.length) {
    throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  if (keys.some((key) => key.length === 0 || key.length > 128)) {
    throw new AwsError('InvalidTag', 'The TagKey you have provided is invalid');
  }
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw new AwsError('InvalidTag', 'System tags cannot be added/updated by requester');
  }
  if (tags.some(({ Value: value = '' }) => value.length > 256)) {
    throw new AwsError('InvalidTag', 'The TagValue you have provided is invalid');
  }
  return tags;
}
