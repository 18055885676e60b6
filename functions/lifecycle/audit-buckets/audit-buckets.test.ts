import { describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '../assessment/policy.ts';
import type { BucketReader } from '../assessment/read-facts.ts';
import type { BucketRecord, ListedBucket } from '../report/bucket-record.ts';
import { auditBuckets, type BatchPorts, batchName } from './audit-buckets.ts';

const GB = 2 ** 30;
const listed = (bucket: string, more: Partial<ListedBucket> = {}): ListedBucket => ({
  accountId: '123456789012',
  bucket,
  region: 'us-east-1',
  ...more,
});

const reader: BucketReader = {
  async lifecycle({ bucket }) {
    if (bucket === 'denied') throw Object.assign(new Error('no'), { name: 'AccessDenied' });
    if (bucket === 'gone') throw Object.assign(new Error('no'), { name: 'NoSuchBucket' });
    return undefined;
  },
  versioning: async () => ({ versioning: undefined, isMfaDelete: false }),
  async tags({ bucket }): Promise<Readonly<Record<string, string>>> {
    if (bucket === 'untagged') throw Object.assign(new Error('no'), { name: 'AccessDenied' });
    if (bucket === 'exempt') return { 'lifecycle-exempt': 'legal hold' };
    return bucket === 'auto' ? { 'lifecycle-repair': 'auto', team: 'web' } : {};
  },
};

class FakeBatchPorts implements BatchPorts {
  readonly proposals: string[] = [];
  asked: readonly (readonly string[])[] = [];
  timeLeft = 1_000;

  readerOf(): BucketReader {
    return reader;
  }

  async metricsOf(buckets: readonly ListedBucket[]) {
    this.asked = [...this.asked, buckets.map(({ bucket }) => bucket)];
    return new Map(
      buckets.map(({ bucket }) => [bucket, { bytes: { STANDARD: 1_000 * GB }, objects: 1_000 }]),
    );
  }

  async writeProposal({ bucket }: { readonly bucket: string }): Promise<string> {
    this.proposals.push(bucket);
    return `proposals/${bucket}`;
  }

  hasTime(): boolean {
    this.timeLeft -= 1;
    return this.timeLeft >= 0;
  }
}

async function audit(
  items: readonly ListedBucket[],
  ports = new FakeBatchPorts(),
  scope = {},
): Promise<ReadonlyMap<string, BucketRecord>> {
  const BatchInput = {
    auditId: 'a1',
    startedAt: '2026-11-22T03:00:00Z',
    scope,
    policy: DEFAULT_POLICY,
  };
  const records = await auditBuckets({ BatchInput, Items: [...items] }, ports);
  return new Map(records.map((record) => [record.bucket, record]));
}

describe('auditBuckets()', () => {
  test('gives every bucket a verdict, and never takes a refusal for one', async () => {
    const names = ['plain', 'denied', 'gone', 'untagged', 'exempt'];

    const records = await audit(names.map((name) => listed(name)));

    expect(names.map((name) => [name, records.get(name)?.verdict])).toEqual([
      ['plain', 'NON_COMPLIANT'],
      ['denied', 'UNKNOWN'],
      ['gone', 'UNKNOWN'],
      ['untagged', 'UNKNOWN'],
      ['exempt', 'EXEMPT'],
    ]);
    expect(records.get('untagged')?.unknown).toEqual({
      reason: 'ACCESS_DENIED',
      sentence: 'GetBucketTagging was answered by AccessDenied.',
    });
  });

  test('proposes, estimates and says what may be repaired without asking', async () => {
    const ports = new FakeBatchPorts();

    const records = await audit([listed('plain'), listed('auto'), listed('exempt')], ports);

    expect(ports.proposals).toEqual(['plain', 'auto']);
    expect(records.get('plain')).toMatchObject({
      proposalKey: 'proposals/plain',
      isRepairedByItself: false,
      coverage: 'none',
    });
    expect(records.get('plain')?.savings?.monthlyMicroDollars).toBeGreaterThan(20_000_000);
    expect(records.get('auto')?.isRepairedByItself).toBe(true);
  });

  test('asks for metrics once for each account and Region, of what is proposed for', async () => {
    const ports = new FakeBatchPorts();
    const items = [
      listed('one'),
      listed('two', { region: 'eu-central-1' }),
      listed('three'),
      listed('exempt'),
    ];

    await audit(items, ports);

    expect(ports.asked).toEqual([['one', 'three'], ['two']]);
  });

  test('does without metrics that cannot be read', async () => {
    const ports = new FakeBatchPorts();
    ports.metricsOf = async () => {
      throw new Error('AccessDenied');
    };

    expect((await audit([listed('plain')], ports)).get('plain')).toMatchObject({
      verdict: 'NON_COMPLIANT',
      proposalKey: 'proposals/plain',
    });
  });

  test('leaves what there is no time for unknown', async () => {
    const ports = new FakeBatchPorts();
    ports.timeLeft = 1;

    const records = await audit([listed('one'), listed('two')], ports);

    expect([...records.values()].map(({ unknown }) => unknown?.reason)).toEqual([
      undefined,
      'OUT_OF_TIME',
    ]);
  });

  test('knows a bucket that is no longer listed', async () => {
    const records = await audit([listed('plain', { region: null })]);

    expect(records.get('plain')?.unknown?.reason).toBe('NO_SUCH_BUCKET');
  });

  test('skips what does not carry the tag that was asked for', async () => {
    const ports = new FakeBatchPorts();

    const records = await audit([listed('auto'), listed('plain')], ports, {
      tag: { key: 'team', value: 'web' },
    });

    expect([...records.values()].map(({ verdict }) => verdict)).toEqual([
      'NON_COMPLIANT',
      'SKIPPED',
    ]);
    expect(ports.proposals).toEqual(['auto']);
  });
});

describe('batchName()', () => {
  test('is the same for the same buckets, and for no others', () => {
    expect(batchName([listed('a')])).toBe(batchName([listed('a')]));
    expect(batchName([listed('a')])).not.toBe(batchName([listed('a', { accountId: '2' })]));
  });
});
