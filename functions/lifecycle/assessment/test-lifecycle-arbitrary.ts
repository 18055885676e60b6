import type {
  LifecycleExpiration,
  LifecycleRule,
  LifecycleRuleFilter,
  Transition,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import type { BucketFacts } from './bucket-facts.ts';
import { OWN_RULE_ID } from './proposal/propose.ts';
import { canMove, MINIMUM_DURATION_DAYS, TRANSITION_CLASSES } from './storage-class.ts';

/* Lifecycles inside S3's rules, of every form that S3 takes. */

const PREFIXES = ['', 'a', 'a/', 'a/b/', 'logs/', 'tmp/', 'ä/', '*'];
const SIZES = [0, 1, 1_024, 131_071, 131_072, 1_048_576, 5 * 1_024 ** 4];
const DATES = ['2020-01-01', '2026-11-22', '2026-11-23', '2031-05-01'];

const prefix = fc.constantFrom(...PREFIXES);
const tag = fc.record({ Key: fc.constantFrom('team', 'class'), Value: fc.constantFrom('', 'a') });
const date = fc.constantFrom(...DATES).map((day) => new Date(`${day}T00:00:00Z`));

const sizes = fc
  .tuple(fc.constantFrom(...SIZES), fc.constantFrom(...SIZES), fc.integer({ min: 0, max: 2 }))
  .map(([a, b, form]) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    if (form === 0) return { ObjectSizeGreaterThan: low };
    if (form === 1 || low === high) return { ObjectSizeLessThan: high + 1 };
    return { ObjectSizeGreaterThan: low, ObjectSizeLessThan: high };
  });

const plainFilter: fc.Arbitrary<LifecycleRuleFilter> = fc.oneof(
  { weight: 3, arbitrary: prefix.map((Prefix) => ({ Prefix })) },
  fc.constant({}),
);

const narrowFilter: fc.Arbitrary<LifecycleRuleFilter> = fc.oneof(
  tag.map((Tag) => ({ Tag })),
  sizes.filter((size) => Object.keys(size).length === 1).map((size) => size as LifecycleRuleFilter),
  fc.tuple(prefix, sizes).map(([Prefix, size]) => ({ And: { Prefix, ...size } })),
  fc.tuple(prefix, tag, sizes).map(([Prefix, one, size]) => ({
    And: { Prefix, Tags: [one], ...size },
  })),
  prefix.map((Prefix) => ({
    And: {
      Prefix,
      Tags: [
        { Key: 'team', Value: 'a' },
        { Key: 'class', Value: 'a' },
      ],
    },
  })),
);

/** Steps down the waterfall, each after the stay in the class before, in days from the first. */
const steps = fc
  .tuple(
    fc.subarray([...TRANSITION_CLASSES], { minLength: 1 }),
    fc.integer({ min: 0, max: 120 }),
    fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 6, maxLength: 6 }),
  )
  .map(([classes, first, gaps]) => {
    const chain = classes.filter(
      (to, index) => index === 0 || classes.slice(0, index).every((from) => canMove(from, to)),
    );
    let days = first;
    return chain.map((StorageClass, index) => {
      const before = chain[index - 1];
      if (before !== undefined) {
        days += Math.max(1, MINIMUM_DURATION_DAYS[before]) + (gaps[index] ?? 0);
      }
      if (StorageClass.endsWith('_IA')) days = Math.max(days, 30 * (index + 1));
      return { StorageClass, days };
    });
  });

const byDays = fc.tuple(steps, fc.option(fc.integer({ min: 1, max: 900 }))).map(([all, gap]) => ({
  Transitions: all.map(({ StorageClass, days }): Transition => ({ StorageClass, Days: days })),
  ...(gap === null ? {} : { Expiration: { Days: (all.at(-1)?.days ?? 0) + gap } }),
}));

const byDate = fc
  .tuple(date, fc.constantFrom(...TRANSITION_CLASSES))
  .map(([day, StorageClass]) => ({ Transitions: [{ Date: day, StorageClass }] }));

const expiration: fc.Arbitrary<{ readonly Expiration: LifecycleExpiration }> = fc.oneof(
  fc.integer({ min: 1, max: 700 }).map((Days) => ({ Expiration: { Days } })),
  date.map((day) => ({ Expiration: { Date: day } })),
);

const marker = fc.constant({ Expiration: { ExpiredObjectDeleteMarker: true } });

const abort = fc.integer({ min: 1, max: 20 }).map((DaysAfterInitiation) => ({
  AbortIncompleteMultipartUpload: { DaysAfterInitiation },
}));

const kept = fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined });

function noncurrent(isNew: boolean) {
  return fc
    .tuple(steps, kept, fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 500 }))
    .map(([all, count, form, gap]): Partial<LifecycleRule> => {
      const newer = count === undefined || !isNew ? {} : { NewerNoncurrentVersions: count };
      const last = form === 1 ? 0 : (all.at(-1)?.days ?? 0);
      return {
        ...(form === 1
          ? {}
          : {
              NoncurrentVersionTransitions: all.map(({ StorageClass, days }) => ({
                StorageClass,
                NoncurrentDays: days,
                ...newer,
              })),
            }),
        ...(form === 0
          ? {}
          : { NoncurrentVersionExpiration: { NoncurrentDays: last + gap, ...newer } }),
      };
    });
}

const status = fc.constantFrom('Enabled' as const, 'Enabled' as const, 'Disabled' as const);

/** A rule without its ID and filter. */
function actions(canBeFiltered: boolean, isNew: boolean): fc.Arbitrary<Partial<LifecycleRule>> {
  const anywhere = [byDays, byDate, expiration, noncurrent(isNew)];
  const whole = [
    ...anywhere,
    marker,
    abort,
    fc.tuple(byDays, abort).map(([a, b]) => ({ ...a, ...b })),
  ];
  return fc.oneof(...(canBeFiltered ? anywhere : whole));
}

const newRule = fc
  .oneof(fc.tuple(plainFilter, actions(false, true)), fc.tuple(narrowFilter, actions(true, true)))
  .map(([Filter, what]): LifecycleRule => ({ Status: undefined, Filter, ...what }));

/** AWS: in the old form no two prefixes may overlap. */
const OLD_PREFIXES = ['x/', 'logs/', 'tmp/', 'a/'];
const oldRule = fc
  .tuple(fc.constantFrom(...OLD_PREFIXES), actions(false, false))
  .map(([Prefix, what]): LifecycleRule => ({ Status: undefined, Prefix, ...what }));

const ownRule = fc.oneof(
  fc.constant<LifecycleRule>({
    Status: 'Disabled',
    Filter: { Prefix: '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 },
  }),
  newRule,
);

const newRules = fc
  .tuple(fc.array(fc.tuple(newRule, status), { maxLength: 8 }), fc.option(ownRule))
  .map(([rules, own]) => [
    ...rules.map(([rule, Status], index) => ({ ...rule, ID: `rule ${index}`, Status })),
    ...(own === null ? [] : [{ ...own, ID: OWN_RULE_ID, Status: own.Status ?? 'Enabled' }]),
  ]);

const oldRules = fc.oneof(
  fc
    .uniqueArray(fc.tuple(oldRule, status), {
      minLength: 1,
      maxLength: 4,
      selector: ([{ Prefix }]) => Prefix,
    })
    .map((rules) => rules.map(([rule, Status], i) => ({ ...rule, ID: `old ${i}`, Status }))),
  actions(false, false).map((what) => [
    { ID: 'old', Prefix: '', Status: 'Enabled' as const, ...what },
  ]),
);

/** The rules of a lifecycle inside S3's rules, in the old form or in the new one. */
export const rulesArbitrary: fc.Arbitrary<readonly LifecycleRule[]> = fc.oneof(
  { weight: 3, arbitrary: newRules },
  oldRules,
);

/** Facts that an audit may read of a bucket that is neither exempt nor protected by MFA. */
export const factsArbitrary: fc.Arbitrary<BucketFacts> = fc
  .record({
    rules: rulesArbitrary,
    versioning: fc.constantFrom(undefined, 'Enabled' as const, 'Suspended' as const),
    minimumObjectSize: fc.constantFrom(
      undefined,
      'all_storage_classes_128K' as const,
      'varies_by_storage_class' as const,
    ),
  })
  .map(({ rules, versioning, minimumObjectSize }) => ({
    accountId: '123456789012',
    bucket: 'estate-bucket',
    region: 'us-east-1',
    configuration: rules.length === 0 ? undefined : { rules, minimumObjectSize },
    versioning,
    isMfaDelete: false,
    tags: {},
  }));
