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

const tables: string[] = [];

async function sum(
  results: readonly (readonly BucketRecord[])[],
  listed: readonly ListedBucket[] = [],
  known: readonly string[] = [],
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
    new Set(known.map((bucket) => `123456789012/${bucket}`)),
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
      [[bad('new'), bad('old', { isRepairedByItself: true }), record('mended'), unknown('dark')]],
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
