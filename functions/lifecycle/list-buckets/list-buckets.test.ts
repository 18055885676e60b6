import { describe, expect, test } from '@jest/globals';
import type { ListedBucket } from '../report/bucket-record.ts';
import { type Cursor, fewOf, type Listing, listBuckets, WriteFailedError } from './list-buckets.ts';

const START: Cursor = { account: 0, part: 0, isDone: false };
const accounts = [
  { accountId: '111111111111' },
  { accountId: '222222222222', roleArn: 'arn:aws:iam::222222222222:role/audit' },
];
const ESTATE: Readonly<Record<string, readonly string[]>> = {
  '111111111111': ['alpha', 'beta', 'gamma', 'gamma-old'],
  '222222222222': ['delta'],
};

class FakeListing implements Listing {
  readonly parts = new Map<number, readonly ListedBucket[]>();
  calls = 0;
  pagesLeft = 100;

  async page(
    { accountId }: { readonly accountId: string },
    { prefix = '', token = '0' }: { readonly prefix?: string; readonly token?: string },
  ) {
    this.calls += 1;
    const all = (ESTATE[accountId] ?? []).filter((name) => name.startsWith(prefix));
    const from = Number(token);
    return {
      buckets: all.slice(from, from + 3).map((bucket) => ({ bucket, region: 'us-east-1' })),
      token: from + 3 < all.length ? String(from + 3) : undefined,
    };
  }

  async write(part: number, buckets: readonly ListedBucket[]): Promise<void> {
    this.parts.set(part, buckets);
  }

  hasTime(): boolean {
    this.pagesLeft -= 1;
    return this.pagesLeft > 0;
  }
}

const namesIn = (listing: FakeListing): readonly string[] =>
  [...listing.parts.values()].flat().map(({ bucket }) => bucket);

describe('fewOf()', () => {
  const bucket = { accountId: '111111111111', bucket: 'alpha', region: 'us-east-1' };
  const done = { cursor: { ...START, account: 1, isDone: true }, listed: 1, unreadable: [] };
  const named = { scope: { buckets: ['alpha'] }, cursor: START };

  test('is what was asked for by name, as long as it is one batch', () => {
    expect(fewOf(named, done, [bucket])).toEqual([bucket]);
    expect(fewOf(named, done, Array(101).fill(bucket))).toEqual([]);
    expect(fewOf({ scope: {}, cursor: START }, done, [bucket])).toEqual([]);
  });

  test('is nothing where another call lists the rest', () => {
    const half = { ...done, cursor: { ...START, account: 1 } };

    expect(fewOf(named, half, [bucket])).toEqual([]);
    expect(fewOf({ ...named, cursor: half.cursor }, done, [bucket])).toEqual([]);
  });
});

describe('listBuckets()', () => {
  test('follows every page of every account', async () => {
    const listing = new FakeListing();

    const { cursor, listed } = await listBuckets({ scope: {}, accounts, cursor: START }, listing);

    expect({ isDone: cursor.isDone, listed, parts: listing.parts.size }).toEqual({
      isDone: true,
      listed: 5,
      parts: 3,
    });
    expect(namesIn(listing)).toEqual(['alpha', 'beta', 'gamma', 'gamma-old', 'delta']);
    expect([...listing.parts.values()].at(-1)?.[0]?.roleArn).toBe(accounts[1]?.roleArn);
  });

  test('goes on where its time ran out, and lists nothing twice', async () => {
    const listing = new FakeListing();
    let cursor = START;
    for (let call = 0; call < 10 && !cursor.isDone; call += 1) {
      listing.pagesLeft = 1;
      ({ cursor } = await listBuckets({ scope: {}, accounts, cursor }, listing));
    }

    expect(cursor.isDone).toBe(true);
    expect(namesIn(listing)).toEqual(['alpha', 'beta', 'gamma', 'gamma-old', 'delta']);
  });

  test('names an account that cannot be listed, and goes on with the others', async () => {
    const listing = new FakeListing();
    listing.page = async ({ accountId }) => {
      if (accountId === '111111111111') {
        throw Object.assign(new Error('no'), { name: 'AccessDenied' });
      }
      return { buckets: [{ bucket: 'delta', region: 'us-east-1' }], token: undefined };
    };

    const result = await listBuckets({ scope: {}, accounts, cursor: START }, listing);

    expect(result).toMatchObject({
      listed: 1,
      unreadable: [
        {
          accountId: '111111111111',
          reason: 'ACCESS_DENIED',
          sentence: 'ListBuckets was answered by AccessDenied.',
        },
      ],
    });
  });

  test('finds named buckets by their names alone, and keeps one that is gone', async () => {
    const listing = new FakeListing();
    const scope = { buckets: ['gamma', 'gone'] };

    await listBuckets({ scope, accounts: accounts.slice(0, 1), cursor: START }, listing);

    expect([...listing.parts.values()].flat()).toEqual([
      { accountId: '111111111111', bucket: 'gamma', region: 'us-east-1' },
      { accountId: '111111111111', bucket: 'gone', region: null },
    ]);
  });

  test('fails where its own list cannot be written', async () => {
    const listing = new FakeListing();
    const cause = new Error('disk');
    listing.write = async () => {
      throw new WriteFailedError('no', { cause });
    };

    await expect(listBuckets({ scope: {}, accounts, cursor: START }, listing)).rejects.toBe(cause);
  });

  test('ends somewhere', async () => {
    const listing = new FakeListing();
    listing.page = async () => ({ buckets: [{ bucket: 'x', region: 'eu-west-1' }], token: 'more' });
    listing.hasTime = () => true;

    await expect(listBuckets({ scope: {}, accounts, cursor: START }, listing)).rejects.toThrow(
      expect.objectContaining({ name: 'TooManyBucketsError' }),
    );
  });
});
