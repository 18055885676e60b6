import { describe, expect, test } from '@jest/globals';
import { appOf, problemsOf } from '../../temporary-project.ts';

const template = (properties: string) => `Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties: ${properties}
`;

function bucketOf(properties: string) {
  return appOf(template(properties)).buckets[0];
}

const rules = (...all: readonly string[]) =>
  `{ BucketName: reports, LifecycleConfiguration: { Rules: [${all.join(', ')}] } }`;

describe('AWS::S3::Bucket', () => {
  test('has tags and versioning', () => {
    const bucket = bucketOf(
      '{ BucketName: reports, Tags: [{ Key: team, Value: audits }], VersioningConfiguration: { Status: Suspended } }',
    );

    expect(bucket).toEqual({
      logicalId: 'Reports',
      name: 'reports',
      arn: 'arn:aws:s3:::reports',
      isVersioned: false,
      isVersioningSuspended: true,
      notifiesEventBridge: false,
      tags: { team: 'audits' },
    });
  });

  test('has its lifecycle in the words of Amazon S3', () => {
    const bucket = bucketOf(`
      BucketName: reports
      LifecycleConfiguration:
        TransitionDefaultMinimumObjectSize: varies_by_storage_class
        Rules:
          - Id: ladder
            Status: Enabled
            Prefix: runs/
            Transitions:
              - { StorageClass: STANDARD_IA, TransitionInDays: '30' }
              - { StorageClass: Glacier, TransitionInDays: 90 }
            ExpirationInDays: 400
          - Status: Disabled
            TagFilters: [{ Key: kind, Value: draft }]
            ObjectSizeGreaterThan: '1000'
            Transition: { StorageClass: GLACIER_IR, TransitionDate: 2026-03-01T00:00:00.000Z }
          - Status: Enabled
            ExpiredObjectDeleteMarker: true
            NoncurrentVersionTransitions: [{ StorageClass: STANDARD_IA, TransitionInDays: 30 }]
            NoncurrentVersionExpiration: { NoncurrentDays: 90, NewerNoncurrentVersions: 3 }
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }
          - Status: Enabled
            ObjectSizeLessThan: 1
            NoncurrentVersionExpirationInDays: 9
          - Status: Enabled
            TagFilters: [{ Key: kind, Value: draft }]
            ExpirationInDays: 1
`);

    expect(bucket?.lifecycle).toEqual({
      TransitionDefaultMinimumObjectSize: 'varies_by_storage_class',
      Rules: [
        {
          ID: 'ladder',
          Status: 'Enabled',
          Filter: { Prefix: 'runs/' },
          Transitions: [
            { StorageClass: 'STANDARD_IA', Days: 30 },
            { StorageClass: 'GLACIER', Days: 90 },
          ],
          Expiration: { Days: 400 },
        },
        {
          Status: 'Disabled',
          Filter: {
            And: { ObjectSizeGreaterThan: 1000, Tags: [{ Key: 'kind', Value: 'draft' }] },
          },
          Transitions: [{ StorageClass: 'GLACIER_IR', Date: '2026-03-01T00:00:00.000Z' }],
        },
        {
          Status: 'Enabled',
          Filter: { Prefix: '' },
          Expiration: { ExpiredObjectDeleteMarker: true },
          NoncurrentVersionTransitions: [{ StorageClass: 'STANDARD_IA', NoncurrentDays: 30 }],
          NoncurrentVersionExpiration: { NoncurrentDays: 90, NewerNoncurrentVersions: 3 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        },
        {
          Status: 'Enabled',
          Filter: { ObjectSizeLessThan: 1 },
          NoncurrentVersionExpiration: { NoncurrentDays: 9 },
        },
        {
          Status: 'Enabled',
          Filter: { Tag: { Key: 'kind', Value: 'draft' } },
          Expiration: { Days: 1 },
        },
      ],
    });
  });

  test.each([
    ['ObjectLockEnabled: true', { ObjectLockEnabled: 'Enabled' }],
    [
      'ObjectLockEnabled: true, ObjectLockConfiguration: { ObjectLockEnabled: Enabled, Rule: { DefaultRetention: { Mode: COMPLIANCE, Years: 7 } } }',
      {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 7 } },
      },
    ],
    ['ObjectLockEnabled: false', undefined],
  ])('has its object lock in the words of Amazon S3: %s', (properties, objectLock) => {
    expect(bucketOf(`{ BucketName: reports, ${properties} }`)?.objectLock).toEqual(objectLock);
  });

  test.each([
    ['{ Status: Enabled, Colour: red }', 'Colour is not a property of it'],
    ['{ ExpirationInDays: 1 }', 'it needs a Status'],
    ['{ Status: Enabled, ExpirationInDays: soon }', 'ExpirationInDays must be a number, not soon'],
    ['{ Status: Enabled, Transitions: [{ TransitionInDays: 30 }] }', 'it needs a StorageClass'],
  ])('refuses the rule %s', (rule, message) => {
    const problems = problemsOf(template(rules(rule)));

    expect(problems.join('\n')).toContain(message);
  });
});
