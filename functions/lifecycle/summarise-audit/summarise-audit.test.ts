import { describe, expect, test } from '@jest/globals';
import type { BucketRecord, ListedBucket } from '../report/bucket-record.ts';
import { hoursBetween, MAX_TABLE_LINES, type Summary, summarise } from './summarise-audit.ts';

const AT = '2026-11-22T03:00:00Z';
const record = (bucket: string, more: Partial<BucketRecord> = {}): BucketRecord => ({
  accountId: '123456789012',
  bucket,
  region: 'us-east-1',
  verdict: 'COMPLIANT',
  findings: [],
  ...more,
});
const bad = (bucket: string, more: Partial<BucketRecord> = {}): BucketRecord =>
  record(bucket, {
    verdict: 'NON_COMPLIANT',
    findings: [{ code: 'TRANSITION_MISSING', severity: 'high', sentence: 'None.' }],
    ...more,
  });
const unknown = (bucket: string): BucketRecord =>
  record(bucket, {
    verdict: 'UNKNOWN',
    unknown: { reason: 'ACCESS_DENIED', sentence: 'Denied.' },
  });

const keyOf = (bucket: string): string => `123456789012/${bucket}`;
const tables: string[] = [];

async function sum(
  results: readonly (readonly BucketRecord[])[],
  listed: readonly ListedBucket[] = [],
  known: readonly string[] = [],
  restored: Readonly<Record<string, string>> = {},
): Promise<Summary> {
  tables.length = 0;
  return summarise(
    {
      results: async function* () {
        yield* results;
      },
      listed: async function* () {
        yield listed;
      },
      async writeTable(part, csv) {
        tables.push(csv);
        return `buckets-${part}.csv`;
      },
    },
    {
      nonCompliant: new Set(known.map(keyOf)),
      restored: new Map(
        Object.entries(restored).map(([bucket, at]) => [keyOf(bucket), Date.parse(at)]),
      ),
    },
    AT,
  );
}

describe('summarise()', () => {
  test('counts verdicts, findings and reasons, each apart', async () => {
    const { totals } = await sum([
      [record('a'), bad('b')],
      [
        bad('c'),
        unknown('d'),
        record('e', { verdict: 'EXEMPT' }),
        record('f', { verdict: 'SKIPPED' }),
      ],
    ]);

    expect(totals).toMatchObject({
      audited: 5,
      verdicts: { COMPLIANT: 1, NON_COMPLIANT: 2, EXEMPT: 1, UNKNOWN: 1 },
      findings: { TRANSITION_MISSING: 2 },
      unknown: { ACCESS_DENIED: 1 },
      regions: { 'us-east-1': 5 },
    });
  });

  test('takes a listed bucket without a result for unknown, not for compliant', async () => {
    const listed = ['a', 'lost'].map((bucket) => ({
      accountId: '123456789012',
      bucket,
      region: 'us-east-1',
    }));

    const { totals } = await sum([[record('a')]], listed);

    expect(totals).toMatchObject({
      audited: 2,
      verdicts: { COMPLIANT: 1, UNKNOWN: 1 },
      unknown: { BATCH_FAILED: 1 },
    });
  });

  test('counts a bucket once, though its batch ran twice', async () => {
    expect((await sum([[bad('a')], [bad('a')]])).totals.audited).toBe(1);
  });

  test('announces what is new, what is resolved, and what is to be repaired', async () => {
    const { announcements, newly, resolved } = await sum(
      [
        [
          bad('new'),
          bad('old', { isRepairedByItself: true, proposalKey: 'p' }),
          record('mended'),
          unknown('dark'),
        ],
      ],
      [],
      ['old', 'mended', 'dark'],
    );

    expect(announcements.map(({ kind, bucket }) => [kind, bucket])).toEqual([
      ['newly', 'new'],
      ['repair', 'old'],
      ['resolved', 'mended'],
    ]);
    expect({ newly, resolved }).toEqual({ newly: 1, resolved: 1 });
  });

  describe('a bucket whose repair was taken back', () => {
    const tagged = { isRepairedByItself: true, proposalKey: 'p' };
    const before = '2026-11-22T02:00:00Z';

    test('is not repaired again by its tag, and its line says so', async () => {
      const { announcements, totals } = await sum([[bad('a', tagged)]], [], ['a'], { a: before });

      expect(announcements).toEqual([]);
      expect(totals.findings).toEqual({ REPAIR_TAKEN_BACK: 1, TRANSITION_MISSING: 1 });
      expect(tables[0]).toContain('A repair was taken back on 2026-11-22; the tag lets nothing be');
    });

    test('is released once it was seen without the tag', async () => {
      const untagged = { ...tagged, isRepairedByItself: false };

      const { announcements, totals } = await sum(
        [[bad('a', untagged), record('b', untagged), unknown('c')]],
        [],
        ['a'],
        { a: before, b: before, c: before },
      );

      expect(announcements).toMatchObject([
        { kind: 'released', bucket: 'a', restoredAtMs: Date.parse(before) },
        { kind: 'released', bucket: 'b' },
      ]);
      expect(totals.findings).toEqual({ TRANSITION_MISSING: 1 });
    });

    test('is not released by an audit that began before it was restored', async () => {
      const { announcements } = await sum(
        [[bad('a', { ...tagged, isRepairedByItself: false })]],
        [],
        ['a'],
        { a: '2026-11-22T03:00:01Z' },
      );

      expect(announcements).toEqual([]);
    });
  });

  test('writes a line for every bucket, and quotes what spreadsheets would run', async () => {
    await sum([
      [
        bad('a', {
          findings: [
            { code: 'EXEMPTION_EXPIRED', severity: 'medium', sentence: '=HYPERLINK("x") ended' },
          ],
          savings: {
            monthlyMicroDollars: 22_500_000,
            oneOffMicroDollars: 1,
            breakEvenMonths: 1,
            note: '',
          },
        }),
      ],
    ]);

    expect(tables).toHaveLength(1);
    expect(tables[0]?.split('\r\n')[1]).toBe(
      '123456789012,a,us-east-1,NON_COMPLIANT,,EXEMPTION_EXPIRED,,22.500000,0.000001,1,"\'=HYPERLINK(""x"") ended"',
    );
  });

  test('begins another table where one is full', async () => {
    const many = Array.from({ length: MAX_TABLE_LINES + 1 }, (_, index) => record(`b${index}`));

    expect((await sum([many])).tables).toEqual(['buckets-1.csv', 'buckets-2.csv']);
  });

  test('names those whose repair would save most', async () => {
    const saving = (bucket: string, monthlyMicroDollars: number): BucketRecord =>
      bad(bucket, { savings: { monthlyMicroDollars, oneOffMicroDollars: 5, note: '' } });

    const { top, totals } = await sum([
      Array.from({ length: 40 }, (_, index) => saving(`b${index}`, index)),
    ]);

    expect(top).toHaveLength(25);
    expect(top[0]).toMatchObject({ bucket: 'b39', monthlyMicroDollars: 39 });
    expect(totals).toMatchObject({ monthlyMicroDollars: 780, oneOffMicroDollars: 200 });
  });
});

describe('hoursBetween()', () => {
  test('counts parts of an hour', () => {
    expect(hoursBetween('2026-11-22T03:00:00Z', '2026-11-23T03:30:00Z')).toBe(24.5);
  });
});
