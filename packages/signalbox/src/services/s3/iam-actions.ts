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
  PutObjectLockConfiguration: 's3:PutBucketObjectLockConfiguration',
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

/** Headers that need a permission of their own beside that of the action. */
const HEADERS: Readonly<Record<string, string>> = {
  BypassGovernanceRetention: 's3:BypassGovernanceRetention',
  ObjectLockLegalHoldStatus: 's3:PutObjectLegalHold',
  ObjectLockMode: 's3:PutObjectRetention',
};

/** Names the IAM actions that a call needs: that of its action first, then those of its headers. */
export function iamActionsOf(action: string, input: object): readonly string[] {
  const given = new Map(Object.entries(input));
  const isGiven = (name: string) => given.get(name) !== undefined && given.get(name) !== false;
  const byHeader = Object.entries(HEADERS).flatMap(([name, needed]) =>
    isGiven(name) ? [needed] : [],
  );
  return [iamActionOf(action), ...byHeader];
}

/** Names the IAM action that an API action needs, such as `s3:GetLifecycleConfiguration`. */
function iamActionOf(action: string): string {
  return ACTIONS[action] ?? `s3:${action}`;
}
