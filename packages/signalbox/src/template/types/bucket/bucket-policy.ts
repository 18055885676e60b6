import type { ResourceType } from '../resource-type.ts';

/** A bucket's policy; the rehearsal asks it for nothing but whether the bucket is public. */
export const bucketPolicy: ResourceType = {
  type: 'AWS::S3::BucketPolicy',
  supported: ['Bucket', 'PolicyDocument'],
  inert: [],
  identify: ({ name }) => ({ physicalId: name, ref: name, attributes: {} }),
  read: ({ properties }) => ({
    bucketPolicies: [
      {
        bucketName: properties.requiredText('Bucket'),
        policy: JSON.stringify(properties.jsonObject('PolicyDocument') ?? {}),
      },
    ],
  }),
};
