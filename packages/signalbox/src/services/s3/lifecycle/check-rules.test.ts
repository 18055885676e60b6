import type { LifecycleRule } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { checkLifecycleRules } from './check-rules.ts';

const rule = (more: Partial<LifecycleRule>): LifecycleRule => ({
  ID: 'logs',
  Status: 'Enabled',
  Filter: { Prefix: 'logs/' },
  ...more,
});

/** A rule of the old form. */
const old = (Prefix: string, more: Partial<LifecycleRule>): LifecycleRule => ({
  Status: 'Enabled',
  Prefix,
  ...more,
});

const midnight = new Date('2026-03-01T00:00:00.000Z');
const later = (days: number) => new Date(midnight.getTime() + days * 24 * 60 * 60 * 1000);
const expires: Partial<LifecycleRule> = { Expiration: { Days: 1 } };
const aborts: Partial<LifecycleRule> = {
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};

describe('checkLifecycleRules()', () => {
  test.each<[string, readonly LifecycleRule[]]>([
    [
      'the ladder of 30, 90 and 365 days',
      [
        rule({
          Transitions: [
            { Days: 30, StorageClass: 'STANDARD_IA' },
            { Days: 90, StorageClass: 'GLACIER' },
            { Days: 365, StorageClass: 'DEEP_ARCHIVE' },
          ],
          Expiration: { Days: 366 },
        }),
      ],
    ],
    [
      'a ladder that is written from the bottom',
      [
        rule({
          Transitions: [
            { Days: 365, StorageClass: 'DEEP_ARCHIVE' },
            { Days: 30, StorageClass: 'STANDARD_IA' },
          ],
        }),
      ],
    ],
    ['uploads', [rule(aborts)]],
    ['an archive at once', [rule({ Transitions: [{ Days: 0, StorageClass: 'GLACIER' }] })]],
    [
      'dates',
      [
        rule({
          Transitions: [
            { Date: midnight, StorageClass: 'STANDARD_IA' },
            { Date: later(30), StorageClass: 'GLACIER' },
          ],
          Expiration: { Date: later(31) },
        }),
      ],
    ],
    [
      'the whole bucket in both spellings',
      [
        rule({ ID: 'a', Filter: {}, ...expires }),
        rule({ ID: 'b', Filter: { Prefix: '' }, ...expires }),
      ],
    ],
    ['overlaps of the new form', [rule({ ID: 'a', ...expires }), rule({ ID: 'b', ...expires })]],
    ['the old form', [old('logs/', expires), old('tmp/', expires)]],
    ['overlaps of the old form in other actions', [old('logs/', expires), old('logs/a/', aborts)]],
    [
      'an empty prefix beside another predicate',
      [rule({ Filter: { And: { Prefix: '', ObjectSizeGreaterThan: 0 } }, ...expires })],
    ],
    [
      'two tags',
      [
        rule({
          Filter: {
            And: {
              Tags: [
                { Key: 'a', Value: '' },
                { Key: 'b', Value: '1' },
              ],
            },
          },
          ...expires,
        }),
      ],
    ],
    [
      'noncurrent versions',
      [
        rule({
          NoncurrentVersionTransitions: [
            { NoncurrentDays: 30, StorageClass: 'STANDARD_IA', NewerNoncurrentVersions: 3 },
          ],
          NoncurrentVersionExpiration: { NoncurrentDays: 31, NewerNoncurrentVersions: 100 },
        }),
      ],
    ],
  ])('takes %s', (_what, rules) => {
    expect(checkLifecycleRules(rules)).toBe(rules);
  });

  const malformed =
    'The XML you provided was not well-formed or did not validate against our published schema';

  test.each<[string, readonly LifecycleRule[]]>([
    ['no rule', []],
    [
      'more than 1,000 rules',
      Array.from({ length: 1_001 }, (_, i) => rule({ ID: `${i}`, ...expires })),
    ],
    ['no status', [rule({ Status: undefined, ...expires })]],
    ['neither filter nor prefix', [{ Status: 'Enabled', ...expires }]],
    ['both filter and prefix', [rule({ Prefix: 'logs/', ...expires })]],
    [
      'two predicates without And',
      [rule({ Filter: { Prefix: 'a', ObjectSizeLessThan: 9 }, ...expires })],
    ],
    ['one predicate within And', [rule({ Filter: { And: { Prefix: 'a' } }, ...expires })]],
    [
      'a tag without a value',
      [rule({ Filter: { Tag: { Key: 'a', Value: undefined } }, ...expires })],
    ],
    ['a size that is no whole number', [rule({ Filter: { ObjectSizeLessThan: 1.5 }, ...expires })]],
    ['an expiration of nothing', [rule({ Expiration: {} })]],
    [
      'an expiration of two kinds',
      [rule({ Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } })],
    ],
    ['days that are no whole number', [rule({ Expiration: { Days: 1.5 } })]],
    [
      'a transition of two kinds',
      [rule({ Transitions: [{ Days: 1, Date: midnight, StorageClass: 'GLACIER' }] })],
    ],
    ['a transition to nowhere', [rule({ Transitions: [{ Days: 30 }] })]],
    [
      'a noncurrent expiration without days',
      [rule({ NoncurrentVersionExpiration: { NewerNoncurrentVersions: 5 } })],
    ],
    [
      'a noncurrent transition without days',
      [rule({ NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER' }] })],
    ],
    ['an abort without days', [rule({ AbortIncompleteMultipartUpload: {} })]],
  ])('refuses %s as malformed', (_what, rules) => {
    expect(() => checkLifecycleRules(rules)).toThrow(
      expect.objectContaining({ name: 'MalformedXML', message: malformed }),
    );
  });

  test.each<[readonly LifecycleRule[], string]>([
    [[rule({})], 'At least one action needs to be specified in a rule'],
    [[rule({ Transitions: [] })], 'At least one action needs to be specified in a rule'],
    [[old('a', expires), rule(expires)], 'Filter element can only be used in Lifecycle V2.'],
    [
      [rule(expires), old('a', expires)],
      'Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.',
    ],
    [
      [old('a/', expires), old('a/b/', expires)],
      "Found overlapping prefixes 'a/' and 'a/b/' for same action type 'Expiration'",
    ],
    [[old('a/', expires), old('a/', aborts)], "Found two rules with same prefix 'a/'"],
    [
      [
        old('a', {
          NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 },
        }),
      ],
      'NewerNoncurrentVersions element can only be used in Lifecycle V2.',
    ],
    [
      [rule({ Filter: { ObjectSizeGreaterThan: -1 }, ...expires })],
      "'ObjectSizeGreaterThan' should be between 0 and 1099511627776000.",
    ],
    [
      [rule({ Filter: { ObjectSizeLessThan: 0 }, ...expires })],
      "'ObjectSizeLessThan' should be between 1 and 1099511627776000.",
    ],
    [
      [rule({ Filter: { And: { ObjectSizeGreaterThan: 9, ObjectSizeLessThan: 9 } }, ...expires })],
      "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
    ],
    [
      [
        rule({
          Filter: {
            And: {
              Tags: [
                { Key: 'a', Value: '1' },
                { Key: 'a', Value: '2' },
              ],
            },
          },
          ...expires,
        }),
      ],
      'Duplicate Tag Keys are not allowed.',
    ],
    [
      [rule({ Filter: { Tag: { Key: '', Value: '1' } }, ...expires })],
      "A Tag's Key must be a length between 1 and 128.",
    ],
    [
      [rule({ Filter: { Tag: { Key: 'a', Value: 'v'.repeat(257) } }, ...expires })],
      "A Tag's Value must be a length between 0 and 256.",
    ],
    [
      [rule({ Filter: { Tag: { Key: 'a', Value: '1' } }, ...aborts })],
      'AbortIncompleteMultipartUpload cannot be specified with Tags.',
    ],
    [
      [rule({ Filter: { ObjectSizeGreaterThan: 1 }, ...aborts })],
      'AbortIncompleteMultipartUpload cannot be specified with Object Size.',
    ],
    [
      [
        rule({
          Filter: { Tag: { Key: 'a', Value: '1' } },
          Expiration: { ExpiredObjectDeleteMarker: true },
        }),
      ],
      'ExpiredObjectDeleteMarker cannot be specified with Tags.',
    ],
    [
      [
        rule({
          Filter: { ObjectSizeLessThan: 1 },
          Expiration: { ExpiredObjectDeleteMarker: false },
        }),
      ],
      'ExpiredObjectDeleteMarker cannot be specified with Object Size.',
    ],
    [
      [
        rule({
          Transitions: [
            { Days: 30, StorageClass: 'GLACIER' },
            { Days: 60, StorageClass: 'GLACIER' },
          ],
        }),
      ],
      "'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '(prefix=logs/)'",
    ],
    [
      [
        rule({
          NoncurrentVersionTransitions: [
            { NoncurrentDays: 30, StorageClass: 'GLACIER' },
            { NoncurrentDays: 60, StorageClass: 'GLACIER' },
          ],
        }),
      ],
      "'StorageClass' must be different for 'NoncurrentVersionTransition' actions in same 'Rule' with filter '(prefix=logs/)'",
    ],
    [
      [
        rule({
          Transitions: [
            { Days: 30, StorageClass: 'STANDARD_IA' },
            { Date: midnight, StorageClass: 'GLACIER' },
          ],
        }),
      ],
      "Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for filter '(prefix=logs/)'",
    ],
    [
      [
        old('a', {
          Transitions: [{ Date: midnight, StorageClass: 'GLACIER' }],
          Expiration: { Days: 9 },
        }),
      ],
      "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for prefix 'a'",
    ],
    [
      [
        rule({
          Transitions: [{ Days: 1, StorageClass: 'GLACIER' }],
          Expiration: { Date: midnight },
        }),
      ],
      "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '(prefix=logs/)'",
    ],
  ])('refuses the request of %j: %s', (rules, message) => {
    expect(() => checkLifecycleRules(rules)).toThrow(
      expect.objectContaining({ name: 'InvalidRequest', message }),
    );
  });

  test.each<[readonly LifecycleRule[], string]>([
    [
      [rule({ ID: 'a'.repeat(256), ...expires })],
      'ID length should not exceed allowed limit of 255',
    ],
    [
      [rule(expires), rule(expires)],
      'Rule ID must be unique. Found same ID for more than one rule',
    ],
    [
      [rule({ Filter: { Prefix: 'p'.repeat(1_025) }, ...expires })],
      'Rule prefix cannot be longer than maximum allowed key length of 1024',
    ],
    [
      [rule({ Expiration: { Days: 0 } })],
      "'Days' for Expiration action must be a positive integer",
    ],
    [[rule({ Expiration: { Date: later(0.5) } })], "'Date' must be at midnight GMT"],
    [
      [rule({ Transitions: [{ StorageClass: 'GLACIER' }] })],
      "'Transition' action must specify either 'Days' or 'Date'",
    ],
    [
      [rule({ Transitions: [{ Days: -1, StorageClass: 'GLACIER' }] })],
      "'Days' in Transition action must be nonnegative",
    ],
    [
      [rule({ Transitions: [{ Date: later(0.5), StorageClass: 'GLACIER' }] })],
      "'Date' must be at midnight GMT",
    ],
    [
      [rule({ Transitions: [{ Days: 29, StorageClass: 'STANDARD_IA' }] })],
      "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
    ],
    [
      [
        rule({
          NoncurrentVersionTransitions: [{ NoncurrentDays: 29, StorageClass: 'ONEZONE_IA' }],
        }),
      ],
      "'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to 30 for storageClass 'ONEZONE_IA'",
    ],
    [
      [rule({ NoncurrentVersionExpiration: { NoncurrentDays: 0 } })],
      "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
    ],
    [
      [rule({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 0 } })],
      "'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be a positive integer",
    ],
    [
      [rule({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 101 } })],
      "'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be an integer between 1 and 100",
    ],
    [
      [rule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 0 } })],
      "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
    ],
    [
      [rule({ Transitions: [{ Days: 30, StorageClass: 'GLACIER' }], Expiration: { Days: 30 } })],
      "'Days' in the Expiration action for filter '(prefix=logs/)' must be greater than 'Days' in the Transition action",
    ],
    [
      [
        rule({
          Transitions: [{ Date: midnight, StorageClass: 'GLACIER' }],
          Expiration: { Date: midnight },
        }),
      ],
      "'Date' in the Expiration action for filter '(prefix=logs/)' must be later than 'Date' in the Transition action",
    ],
    [
      [
        rule({
          Filter: {
            And: { Prefix: 'a', Tags: [{ Key: 'k', Value: 'v' }], ObjectSizeLessThan: 9 },
          },
          NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: 'GLACIER' }],
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        }),
      ],
      "'NoncurrentDays' in the NoncurrentVersionExpiration action for filter '(prefix=a and tag={key=k, value=v} and objectsizelessthan=9)' must be greater than 'NoncurrentDays' in the NoncurrentVersionTransition action",
    ],
  ])('refuses the argument of %j: %s', (rules, message) => {
    expect(() => checkLifecycleRules(rules)).toThrow(
      expect.objectContaining({ name: 'InvalidArgument', message }),
    );
  });

  const days = (...steps: readonly (readonly [number, string])[]) =>
    steps.map(([Days, StorageClass]) => ({ Days, StorageClass }));

  test.each([
    [
      days([30, 'STANDARD_IA'], [59, 'GLACIER']),
      "'Days' in the 'Transition' action for StorageClass 'GLACIER' for filter '()' must be 30 days more than 'filter '()'' in the 'Transition' action for StorageClass 'STANDARD_IA'",
    ],
    [
      days([90, 'GLACIER'], [179, 'DEEP_ARCHIVE']),
      "'Days' in the 'Transition' action for StorageClass 'DEEP_ARCHIVE' for filter '()' must be 90 days more than 'filter '()'' in the 'Transition' action for StorageClass 'GLACIER'",
    ],
    [
      days([0, 'GLACIER_IR'], [89, 'DEEP_ARCHIVE']),
      "'Days' in the 'Transition' action for StorageClass 'DEEP_ARCHIVE' for filter '()' must be 90 days more than 'filter '()'' in the 'Transition' action for StorageClass 'GLACIER_IR'",
    ],
    [
      days([365, 'GLACIER'], [90, 'DEEP_ARCHIVE']),
      "'Days' in the 'Transition' action for StorageClass 'DEEP_ARCHIVE' for filter '()' must be greater than 'Days' in the 'Transition' action for StorageClass 'GLACIER' for filter '()'",
    ],
    [
      days([0, 'INTELLIGENT_TIERING'], [60, 'STANDARD_IA']),
      "'Days' in the 'Transition' action for StorageClass 'INTELLIGENT_TIERING' for filter '()' must be greater than 'Days' in the 'Transition' action for StorageClass 'STANDARD_IA' for filter '()'",
    ],
    [
      days([30, 'ONEZONE_IA'], [90, 'GLACIER_IR']),
      "'Days' in the 'Transition' action for StorageClass 'GLACIER_IR' for filter '()' must be greater than 'Days' in the 'Transition' action for StorageClass 'ONEZONE_IA' for filter '()'",
    ],
    [days([30, 'STANDARD']), 'Invalid target Storage class for Transition action'],
  ])('refuses the way of %j: %s', (transitions, message) => {
    const given: object = { Status: 'Enabled', Filter: {}, Transitions: transitions };

    expect(() => checkAny([given])).toThrow(
      expect.objectContaining({ name: 'InvalidArgument', message }),
    );
  });
});

/** As the API is asked by somebody who has no types. */
const checkAny: { check(rules: readonly object[] | undefined): unknown }['check'] =
  checkLifecycleRules;
