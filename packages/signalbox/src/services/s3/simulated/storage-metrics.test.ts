import { beforeEach, describe, expect, test } from '@jest/globals';
import { s3UnderTest } from '../test-s3.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const noon = Date.parse('2026-01-05T12:00:00.000Z');

let under: ReturnType<typeof s3UnderTest>;

beforeEach(() => {
  under = s3UnderTest('2026-01-05T12:00:00.000Z');
  under.s3.simulated.seed({
    buckets: [
      {
        name: 'logs',
        createdAt: '2026-01-02T09:00:00.000Z',
        storageBytes: { StandardStorage: 5_000, GlacierStorage: 7_000 },
        objectCount: 12,
      },
      { name: 'empty' },
    ],
  });
});

const metric = (metricName: string, StorageType: string, BucketName = 'logs') => ({
  namespace: 'AWS/S3',
  metricName,
  dimensions: { BucketName, StorageType },
});

function valuesOf(name: string, type: string, region = 'us-east-1', bucket?: string) {
  const asked = metric(name, type, bucket);
  const values = under.s3.metricSource.datapoints(asked, region, noon - 10 * DAY_MS, noon);
  return values.map(({ timeMs, value }) => [new Date(timeMs).toISOString().slice(0, 16), value]);
}

describe('createStorageMetrics()', () => {
  test('has metrics of what is there, in the Region where it is', () => {
    expect(under.s3.metricSource.metrics('us-east-1')).toEqual([
      metric('BucketSizeBytes', 'StandardStorage'),
      metric('BucketSizeBytes', 'GlacierStorage'),
      metric('NumberOfObjects', 'AllStorageTypes'),
    ]);
    expect(under.s3.metricSource.metrics('us-west-2')).toEqual([]);
  });

  test('reports a midnight a day late, and none before the bucket was made', () => {
    expect(valuesOf('BucketSizeBytes', 'StandardStorage')).toEqual([
      ['2026-01-03T00:00', 5_000],
      ['2026-01-04T00:00', 5_000],
    ]);
    expect(valuesOf('NumberOfObjects', 'AllStorageTypes')).toEqual([
      ['2026-01-03T00:00', 12],
      ['2026-01-04T00:00', 12],
    ]);
  });

  test('has no values of other Regions, types and names', () => {
    expect(valuesOf('BucketSizeBytes', 'StandardStorage', 'us-west-2')).toEqual([]);
    expect(valuesOf('BucketSizeBytes', 'DeepArchiveStorage')).toEqual([]);
    expect(valuesOf('BucketSizeBytes', 'AllStorageTypes')).toEqual([]);
    expect(valuesOf('AllRequests', 'StandardStorage')).toEqual([]);
    expect(valuesOf('BucketSizeBytes', 'StandardStorage', 'us-east-1', 'none')).toEqual([]);
  });

  test('adds what was really put, by its storage class', async () => {
    const put = (Key: string, StorageClass: string) =>
      under.run('PutObject', { Bucket: 'logs', Key, Body: 'hello', StorageClass });
    await put('a', 'STANDARD');
    await put('b', 'STANDARD_IA');

    await under.clock.advance(2 * DAY_MS);

    const values = under.s3.metricSource.datapoints(
      metric('BucketSizeBytes', 'StandardStorage'),
      'us-east-1',
      noon - DAY_MS,
      noon + DAY_MS,
    );
    expect(values.map(({ value }) => value)).toEqual([5_000, 5_005]);
    expect(under.s3.metricSource.metrics('us-east-1')).toContainEqual(
      metric('BucketSizeBytes', 'StandardIAStorage'),
    );
  });

  test('says that a new seeding has other values', () => {
    let changes = 0;
    under.s3.metricSource.onChange(() => {
      changes += 1;
    });

    under.s3.simulated.seed({});

    expect(changes).toBe(1);
  });
});
