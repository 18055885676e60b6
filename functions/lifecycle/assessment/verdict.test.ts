import type { LifecycleRule } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import type { BucketFacts } from './bucket-facts.ts';
import { DEFAULT_POLICY, parsePolicy } from './policy.ts';
import { type Judgement, judgeBucket } from './verdict.ts';

const NOW = new Date('2026-11-22T09:30:00Z');
const EVERYTHING = { Status: 'Enabled', Filter: { Prefix: '' } } as const;
const TIERS: LifecycleRule = {
  ...EVERYTHING,
  ID: 'tiers',
  Transitions: [
    { Days: 30, StorageClass: 'STANDARD_IA' },
    { Days: 90, StorageClass: 'GLACIER' },
    { Days: 365, StorageClass: 'DEEP_ARCHIVE' },
  ],
};
const UPLOADS: LifecycleRule = {
  ...EVERYTHING,
  ID: 'uploads',
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};

function judge(
  rules: readonly LifecycleRule[] | undefined,
  more: Partial<BucketFacts> = {},
  policy = DEFAULT_POLICY,
): Judgement {
  const facts: BucketFacts = {
    accountId: '123456789012',
    bucket: 'logs',
    region: 'us-east-1',
    configuration:
      rules === undefined ? undefined : { rules, minimumObjectSize: 'all_storage_classes_128K' },
    versioning: undefined,
    isMfaDelete: false,
    tags: {},
    ...more,
  };
  return judgeBucket(facts, policy, NOW);
}

const codes = ({ findings }: Judgement): readonly string[] => findings.map(({ code }) => code);

describe('judgeBucket()', () => {
  test('takes the policy itself for compliant', () => {
    expect(judge([TIERS, UPLOADS])).toEqual({
      verdict: 'COMPLIANT',
      findings: [],
      coverage: { kind: 'whole' },
    });
  });

  test('does not take a lone abort rule for a lifecycle', () => {
    const judged = judge([UPLOADS]);

    expect(judged.verdict).toBe('NON_COMPLIANT');
    expect(codes(judged)).toEqual(['TRANSITION_MISSING']);
    expect(judged.findings[0]?.sentence).toBe(
      'No rule moves every object to STANDARD_IA after 30 days, GLACIER after 90 days and DEEP_ARCHIVE after 365 days.',
    );
  });

  test.each<[string, readonly LifecycleRule[] | undefined, readonly string[]]>([
    ['no lifecycle', undefined, ['NO_LIFECYCLE_CONFIGURATION']],
    ['only disabled rules', [{ ...TIERS, Status: 'Disabled' }], ['ONLY_DISABLED_RULES']],
    [
      'transitions that come late',
      [{ ...TIERS, Transitions: [{ Days: 400, StorageClass: 'DEEP_ARCHIVE' }] }, UPLOADS],
      ['TRANSITION_LATE'],
    ],
    [
      'a class that nobody accepts',
      [{ ...TIERS, Transitions: [{ Days: 30, StorageClass: 'ONEZONE_IA' }] }, UPLOADS],
      ['TRANSITION_WRONG_CLASS'],
    ],
    [
      'rules for a part',
      [{ ...TIERS, Filter: { Prefix: 'logs/' } }, UPLOADS],
      ['PARTIAL_COVERAGE'],
    ],
    [
      'rules for objects with a tag',
      [{ ...TIERS, Filter: { Tag: { Key: 'a', Value: 'b' } } }, UPLOADS],
      ['PARTIAL_COVERAGE'],
    ],
    [
      'rules for large objects',
      [{ ...TIERS, Filter: { ObjectSizeGreaterThan: 1_000_000 } }, UPLOADS],
      ['PARTIAL_COVERAGE'],
    ],
    ['uploads that stay', [TIERS], ['INCOMPLETE_UPLOADS_KEPT']],
    [
      'uploads that stay too long',
      [TIERS, { ...UPLOADS, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 8 } }],
      ['INCOMPLETE_UPLOADS_KEPT'],
    ],
    [
      'uploads that go in a part only',
      [TIERS, { ...UPLOADS, Filter: { Prefix: 'tmp/' } }],
      ['INCOMPLETE_UPLOADS_KEPT'],
    ],
  ])('finds %s', (_, rules, found) => {
    const judged = judge(rules);

    expect({ verdict: judged.verdict, codes: codes(judged) }).toEqual({
      verdict: 'NON_COMPLIANT',
      codes: found,
    });
  });

  test.each<[string, readonly LifecycleRule[], readonly string[]]>([
    [
      'Intelligent-Tiering',
      [{ ...TIERS, Transitions: [{ Days: 0, StorageClass: 'INTELLIGENT_TIERING' }] }, UPLOADS],
      ['ACCEPTED_ALTERNATIVE'],
    ],
    [
      'Glacier Instant Retrieval on the way',
      [
        {
          ...TIERS,
          Transitions: [
            { Days: 30, StorageClass: 'GLACIER_IR' },
            { Days: 365, StorageClass: 'DEEP_ARCHIVE' },
          ],
        },
        UPLOADS,
      ],
      ['ACCEPTED_ALTERNATIVE'],
    ],
    [
      'the coldest class at once',
      [{ ...TIERS, Transitions: [{ Days: 0, StorageClass: 'DEEP_ARCHIVE' }] }, UPLOADS],
      [],
    ],
    [
      'rules for all but the small',
      [{ ...TIERS, Filter: { ObjectSizeGreaterThan: 131_071 } }, UPLOADS],
      [],
    ],
    [
      'rules that part the objects by their size',
      [
        { ...TIERS, Filter: { ObjectSizeLessThan: 1_000_000 } },
        { ...TIERS, ID: 'large', Filter: { ObjectSizeGreaterThan: 999_999 } },
        UPLOADS,
      ],
      [],
    ],
    [
      'objects that are gone before a move would pay',
      [{ ...EVERYTHING, ID: 'gone', Expiration: { Days: 59 } }, UPLOADS],
      [],
    ],
    [
      'a move on a day that has passed',
      [
        {
          ...TIERS,
          Transitions: [{ Date: new Date('2026-01-01'), StorageClass: 'DEEP_ARCHIVE' }],
        },
        UPLOADS,
      ],
      [],
    ],
    [
      'the old form of a filter',
      [{ ID: 'a', Status: 'Enabled', Prefix: '', Transitions: TIERS.Transitions }, UPLOADS],
      ['LEGACY_PREFIX'],
    ],
    [
      'rules that never act',
      [
        TIERS,
        UPLOADS,
        { ...TIERS, ID: 'late', Transitions: [{ Days: 60, StorageClass: 'STANDARD_IA' }] },
      ],
      ['CONTRADICTORY_RULES'],
    ],
    [
      'moves that come after the end',
      [
        TIERS,
        UPLOADS,
        {
          ID: 'logs move',
          Status: 'Enabled',
          Filter: { Prefix: 'logs/' },
          Transitions: [{ Days: 10, StorageClass: 'GLACIER' }],
        },
        { ID: 'logs go', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 7 } },
      ],
      ['EXPIRES_BEFORE_TRANSITION'],
    ],
  ])('accepts %s, with a remark where there is one', (_, rules, found) => {
    const judged = judge(rules);

    expect({ verdict: judged.verdict, codes: codes(judged) }).toEqual({
      verdict: 'COMPLIANT',
      codes: found,
    });
  });

  test('refuses an alternative that the policy does not name', () => {
    const policy = parsePolicy({ ...DEFAULT_POLICY, acceptedAlternatives: [] });
    const rules = [
      { ...TIERS, Transitions: [{ Days: 0, StorageClass: 'INTELLIGENT_TIERING' as const }] },
      UPLOADS,
    ];

    expect(codes(judge(rules, {}, policy))).toEqual(['TRANSITION_WRONG_CLASS']);
  });

  test.each(['Enabled', 'Suspended'] as const)(
    'finds what versions leave behind: %s',
    (versioning) => {
      expect(codes(judge([TIERS, UPLOADS], { versioning }))).toEqual([
        'NONCURRENT_VERSIONS_KEPT',
        'EXPIRED_DELETE_MARKERS_KEPT',
      ]);
    },
  );

  test('accepts rules for versions, and does not count one that keeps a hundred of them', () => {
    const markers = {
      ...EVERYTHING,
      ID: 'markers',
      Expiration: { ExpiredObjectDeleteMarker: true },
    };
    const kept = (NewerNoncurrentVersions: number): LifecycleRule => ({
      ...EVERYTHING,
      ID: 'versions',
      NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions },
    });
    const judged = (count: number) =>
      codes(judge([TIERS, UPLOADS, markers, kept(count)], { versioning: 'Enabled' }));

    expect(judged(5)).toEqual([]);
    expect(judged(100)).toEqual(['NONCURRENT_VERSIONS_KEPT']);
  });

  test('remarks on small objects, but not where a filter leaves them out', () => {
    const small = (rule: LifecycleRule) => ({
      configuration: {
        rules: [rule, UPLOADS],
        minimumObjectSize: 'varies_by_storage_class' as const,
      },
    });

    expect(codes(judge([], small(TIERS)))).toEqual(['SMALL_OBJECTS_MOVED']);
    expect(
      codes(judge([], small({ ...TIERS, Filter: { ObjectSizeGreaterThan: 131_071 } }))),
    ).toEqual([]);
  });

  test('remarks on a lifecycle that is nearly full', () => {
    const many = Array.from({ length: 900 }, (_, index) => ({
      ...TIERS,
      ID: `r${index}`,
      Filter: { Prefix: `${index}/` },
    }));

    expect(codes(judge([TIERS, UPLOADS, ...many]))).toContain('NEAR_RULE_LIMIT');
  });
});

describe('judgeBucket() of an exempt bucket', () => {
  const tags = { 'lifecycle-exempt': 'legal hold 4711' };
  const until = (day: string) => ({
    tags: { ...tags, 'lifecycle-exempt-until': day },
  });

  test('gives the reason', () => {
    expect(judge(undefined, { tags })).toMatchObject({
      verdict: 'EXEMPT',
      findings: [{ code: 'EXEMPT', sentence: 'Exempt without an end: legal hold 4711.' }],
    });
  });

  test('counts the last day in', () => {
    expect(judge(undefined, until('2026-11-22')).verdict).toBe('EXEMPT');
  });

  test('no longer holds on the day after, which is a finding', () => {
    const judged = judge([TIERS, UPLOADS], until('2026-11-21'));

    expect({ verdict: judged.verdict, codes: codes(judged) }).toEqual({
      verdict: 'COMPLIANT',
      codes: ['EXEMPTION_EXPIRED'],
    });
    expect(judge(undefined, until('2026-11-21')).verdict).toBe('NON_COMPLIANT');
  });

  test.each(['2026-02-30', '22.11.2026', 'soon'])('does not hold until %p', (day) => {
    const judged = judge(undefined, until(day));

    expect({ verdict: judged.verdict, codes: codes(judged) }).toEqual({
      verdict: 'NON_COMPLIANT',
      codes: ['NO_LIFECYCLE_CONFIGURATION', 'EXEMPTION_UNREADABLE'],
    });
  });

  test('does not hold without a reason', () => {
    expect(judge(undefined, { tags: { 'lifecycle-exempt': ' ' } }).verdict).toBe('NON_COMPLIANT');
  });
});
