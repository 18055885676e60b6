import type {
  LifecycleRule,
  LifecycleRuleFilter,
  TransitionStorageClass,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createTestClock } from '../../../core/test-clock.ts';
import { createS3 } from '../s3.ts';
import { TRANSITION_CLASSES } from './storage-classes.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const Bucket = 'audits';

const days = fc.integer({ min: 0, max: 400 });
const tag = fc.record({
  Key: fc.stringMatching(/^[a-c]$/),
  Value: fc.stringMatching(/^[a-z]{0,3}$/),
});
const prefix = fc.constantFrom('', 'a/', 'a/b/', 'tmp/');
const size = fc.integer({ min: 0, max: 1_000_000 });

const filter: fc.Arbitrary<LifecycleRuleFilter> = fc.oneof(
  fc.constant({}),
  fc.record({ Prefix: prefix }),
  fc.record({ Tag: tag }),
  fc.record({ ObjectSizeGreaterThan: size }),
  fc.record({
    And: fc.record(
      { Prefix: prefix, Tags: fc.array(tag, { maxLength: 3 }), ObjectSizeLessThan: size },
      { requiredKeys: [] },
    ),
  }),
);

const storageClass: fc.Arbitrary<TransitionStorageClass> = fc.constantFrom(...TRANSITION_CLASSES);

const rule: fc.Arbitrary<LifecycleRule> = fc
  .tuple(
    fc.record({ Status: fc.constantFrom('Enabled' as const, 'Disabled' as const) }),
    fc.oneof(fc.record({ Filter: filter }), fc.record({ Prefix: prefix })),
    fc.record(
      {
        ID: fc.stringMatching(/^[a-z]{1,4}$/),
        Expiration: fc.oneof(
          fc.record({ Days: days }),
          fc.record({ ExpiredObjectDeleteMarker: fc.boolean() }),
          fc.record({ Date: fc.constant(new Date('2026-03-01T00:00:00.000Z')) }),
        ),
        Transitions: fc.array(fc.record({ Days: days, StorageClass: storageClass }), {
          minLength: 1,
          maxLength: 3,
        }),
        NoncurrentVersionExpiration: fc.record({ NoncurrentDays: days }),
        AbortIncompleteMultipartUpload: fc.record({ DaysAfterInitiation: days }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([status, scope, actions]) => ({ ...status, ...scope, ...actions }));

describe('PutBucketLifecycleConfiguration', () => {
  test('returns what it took, and leaves what it refused as it was', () => {
    const s3 = createS3({
      clock: createTestClock(),
      region: 'us-east-1',
      accountId: '123456789012',
    });
    s3.createBucket({ name: Bucket, isVersioned: false, notifiesEventBridge: false });
    const run = (action: string, input: object): object => {
      const response = s3.service.actions[action]?.({ Bucket, ...input }, caller);
      if (response === undefined || response instanceof Promise) throw new RangeError(action);
      return response;
    };
    const first = { Rules: [{ ID: 'x', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] };
    run('PutBucketLifecycleConfiguration', { LifecycleConfiguration: first });
    let before = run('GetBucketLifecycleConfiguration', {});
    let taken = 0;

    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 3 }), (Rules) => {
        const isTaken = attempt(() =>
          run('PutBucketLifecycleConfiguration', { LifecycleConfiguration: { Rules } }),
        );

        const after = run('GetBucketLifecycleConfiguration', {});
        taken += isTaken ? 1 : 0;
        if (isTaken) {
          const named = Rules.map((each) => ({ ...each, ID: each.ID ?? expect.any(String) }));
          expect(after).toEqual({
            Rules: named,
            TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
          });
        } else expect(after).toEqual(before);
        before = after;
      }),
      { numRuns: 500 },
    );

    expect(taken).toBeGreaterThan(20);
  });
});

function attempt(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (error) {
    expect(error).toMatchObject({
      name: expect.stringMatching(/^(MalformedXML|InvalidRequest|InvalidArgument)$/),
    });
    return false;
  }
}
