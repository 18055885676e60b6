import { beforeEach, describe, expect, test } from '@jest/globals';
import { s3UnderTest } from './test-s3.ts';

let under: ReturnType<typeof s3UnderTest>;

beforeEach(() => {
  under = s3UnderTest();
  under.s3.simulated.seed({
    buckets: [
      { name: 'log-b', region: 'us-west-2' },
      { name: 'log-a' },
      { name: 'data' },
      { name: 'log-c' },
    ],
  });
});

async function names(input: object, region?: string): Promise<unknown> {
  const { Buckets } = await under.run('ListBuckets', input, { region });
  return Array.isArray(Buckets) ? Buckets.map(({ Name }: { Name: string }) => Name) : Buckets;
}

describe('ListBuckets', () => {
  test('lists the account’s buckets of all Regions in the order of their names', async () => {
    expect(await names({})).toEqual(['data', 'log-a', 'log-b', 'log-c']);
    expect(await names({ Prefix: 'log-' })).toEqual(['log-a', 'log-b', 'log-c']);
  });

  test('returns Regions to whoever asks for a part alone', async () => {
    const whole = await under.run('ListBuckets');
    const part = await under.run('ListBuckets', { Prefix: 'log-b' });

    expect(JSON.stringify(whole)).not.toContain('BucketRegion');
    expect(part).toMatchObject({
      Prefix: 'log-b',
      Buckets: [{ Name: 'log-b', BucketRegion: 'us-west-2' }],
    });
  });

  test('goes on after the page before', async () => {
    const pages: unknown[] = [];
    let ContinuationToken: unknown;
    do {
      const input = { MaxBuckets: 2, ...(ContinuationToken ? { ContinuationToken } : {}) };
      const page = await under.run('ListBuckets', input);
      pages.push(page['Buckets']);
      ContinuationToken = page['ContinuationToken'];
    } while (ContinuationToken !== undefined);

    expect(pages).toMatchObject([
      [{ Name: 'data' }, { Name: 'log-a' }],
      [{ Name: 'log-b' }, { Name: 'log-c' }],
    ]);
  });

  test('lists one Region to whoever asks there', async () => {
    const BucketRegion = 'us-west-2';

    expect(await names({ BucketRegion }, BucketRegion)).toEqual(['log-b']);
    await expect(names({ BucketRegion })).rejects.toMatchObject({
      name: 'InvalidArgument',
      message:
        'Requests with bucket-region specified must be made to the corresponding regional endpoint',
      fields: { ArgumentName: 'bucket-region' },
    });
    await expect(names({ BucketRegion: 'west' })).rejects.toMatchObject({
      message: 'Argument value west is not a valid AWS Region',
    });
  });

  test.each([{ MaxBuckets: 0 }, { MaxBuckets: 10_001 }, { ContinuationToken: 'x' }])(
    'refuses %j',
    async (input) => {
      await expect(names(input)).rejects.toMatchObject({ name: 'InvalidArgument' });
    },
  );
});
