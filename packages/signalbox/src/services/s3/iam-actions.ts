// AWS: "Required permissions for Amazon S3 API operations": where they are not called alike.
const ACTIONS: Readonly<Record<string, string>> = {
  CompleteMultipartUpload: 's3:PutObject',
  CopyObject: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  DeleteBucketLifecycle: 's3:PutLifecycleConfiguration',
  DeleteBucketTagging: 's3:PutBucketTagging',
  DeleteObjects: 's3:DeleteObject',
  GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
  GetBucketNotificationConfiguration: 's3:GetBucketNotification',
  HeadBucket: 's3:ListBucket',
  GetObjectLockConfiguration: 's3:GetBucketObjectLockConfiguration',
  HeadObject: 's3:GetObject',
  ListBuckets: 's3:ListAllMyBuckets',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  ListObjectVersions: 's3:ListBucketVersions',
  ListParts: 's3:ListMultipartUploadParts',
  PutBucketLifecycleConfiguration: 's3:PutLifecycleConfiguration',
  PutBucketNotificationConfiguration: 's3:PutBucketNotification',
  UploadPart: 's3:PutObject',
  UploadPartCopy: 's3:PutObject',
};

/** Names the IAM action that an API action needs, such as `s3:GetLifecycleConfiguration`. */
export function iamActionOf(action: string): string {
  return ACTIONS[action] ?? `s3:${action}`;
}
