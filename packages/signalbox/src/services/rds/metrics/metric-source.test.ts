import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  clusterArn,
  createRdsUnderTest,
  EAST,
  type RdsUnderTest,
  WEST,
} from '../rds-under-test.ts';

const START_MS = Date.parse('2026-01-05T10:00:00.000Z');
const AGE_SECONDS = 30 * 86_400;

let rds: RdsUnderTest;

beforeEach(() => {
  rds = createRdsUnderTest();
});

/** The values of the minutes from `from` until before `to`, counted from the start; gaps are missing. */
function values(
  metricName: string,
  dimensions: Readonly<Record<string, string>>,
  [from, to]: readonly [number, number],
  region = EAST,
) {
  const metric = { namespace: 'AWS/RDS', metricName, dimensions };
  return rds.metricSource
    .datapoints(metric, region, START_MS + from * 60_000, START_MS + to * 60_000)
    .map(({ timeMs, value }) => [(timeMs - START_MS) / 60_000, value]);
}

describe('EngineUptime', () => {
  test('is there before the rehearsal began', () => {
    expect(values('EngineUptime', { DBInstanceIdentifier: 'web-data-1' }, [-2, 0])).toEqual([
      [-2, AGE_SECONDS - 120],
      [-1, AGE_SECONDS - 60],
    ]);
  });

  test('is missing while the writer is down, and the new writer’s after the failover', async () => {
    const writer = { DBClusterIdentifier: 'web-data', Role: 'WRITER' };
    await rds.clock.advance(30_000);
    rds.breaks('database');
    await rds.clock.advance(120_000);
    await rds.call('FailoverDBCluster', { DBClusterIdentifier: 'web-data' });
    await rds.clock.advance(90_000);

    expect(values('EngineUptime', writer, [0, 5])).toEqual([
      [0, AGE_SECONDS],
      [3, AGE_SECONDS + 180],
      [4, AGE_SECONDS + 240],
    ]);
    expect(values('EngineUptime', { DBInstanceIdentifier: 'web-data-1' }, [0, 5])).toEqual([
      [0, AGE_SECONDS],
    ]);
  });

  test('begins anew with a restart', async () => {
    await rds.call('RebootDBInstance', { DBInstanceIdentifier: 'web-data-3' });
    await rds.clock.advance(60_000);

    expect(values('EngineUptime', { DBInstanceIdentifier: 'web-data-3' }, [1, 2])).toEqual([
      [1, 40],
    ]);
  });

  test('returns for times to come what they bring if nothing happens', () => {
    expect(values('EngineUptime', { DBInstanceIdentifier: 'web-data-3' }, [60, 61])).toEqual([
      [60, AGE_SECONDS + 3600],
    ]);
  });

  test('has a value of each instance of a cluster', () => {
    expect(values('EngineUptime', { DBClusterIdentifier: 'web-data' }, [0, 1])).toHaveLength(3);
  });

  test('keeps what a deleted instance has reported', async () => {
    await rds.call('DeleteDBInstance', { DBInstanceIdentifier: 'web-data-3' });
    await rds.clock.advance(180_000);

    expect(values('EngineUptime', { DBInstanceIdentifier: 'web-data-3' }, [-1, 3])).toEqual([
      [-1, AGE_SECONDS - 60],
    ]);
  });
});

describe('AuroraReplicaLag', () => {
  test('is that of the readers', () => {
    expect(values('AuroraReplicaLag', { DBInstanceIdentifier: 'web-data-2' }, [0, 1])).toEqual([
      [0, 18],
    ]);
    expect(values('AuroraReplicaLag', { DBInstanceIdentifier: 'web-data-1' }, [0, 1])).toEqual([]);
    expect(values('AuroraReplicaLag', { DBClusterIdentifier: 'web-data' }, [0, 1])).toEqual([
      [0, 18],
      [0, 18],
    ]);
  });

  test('grows by a second a second until it is mended', async () => {
    rds.breaks('replica-lag');
    await rds.clock.advance(120_000);
    rds.mends('replica-lag');

    const reader = { DBInstanceIdentifier: 'web-data-2' };
    expect(values('AuroraReplicaLag', reader, [0, 4])).toEqual([
      [0, 18],
      [1, 60_018],
      [2, 18],
      [3, 18],
    ]);
  });

  test('is missing without a writer', () => {
    rds.breaks('database');

    expect(values('AuroraReplicaLag', { DBInstanceIdentifier: 'web-data-2' }, [0, 2])).toEqual([]);
  });
});

describe('DatabaseConnections', () => {
  test('follow the roles', async () => {
    await rds.call('FailoverDBCluster', { DBClusterIdentifier: 'web-data' });
    await rds.clock.advance(60_000);

    const of = (DBInstanceIdentifier: string) =>
      values('DatabaseConnections', { DBInstanceIdentifier }, [-1, 2]);
    expect(of('web-data-1')).toEqual([
      [-1, 40],
      [1, 25],
    ]);
    expect(of('web-data-2')).toEqual([
      [-1, 25],
      [0, 25],
      [1, 40],
    ]);
  });
});

describe.each(['AuroraGlobalDBReplicationLag', 'AuroraGlobalDBRPOLag'])('%s', (name) => {
  const east = { DBClusterIdentifier: 'web-global-east' };

  test('is that of the secondary', () => {
    expect(values(name, east, [0, 1])).toEqual([[0, 240]]);
    expect(values(name, { ...east, SourceRegion: WEST }, [0, 1])).toEqual([[0, 240]]);
    expect(values(name, { ...east, SourceRegion: EAST }, [0, 1])).toEqual([]);
    expect(values(name, { DBClusterIdentifier: 'web-global-west' }, [0, 1], WEST)).toEqual([]);
  });

  test('grows while the primary’s Region is down, and changes sides with a failover', async () => {
    rds.breaks('region-database', WEST);
    await rds.clock.advance(120_000);
    await rds.call('FailoverGlobalCluster', {
      GlobalClusterIdentifier: 'web-global',
      TargetDbClusterIdentifier: clusterArn(EAST, 'web-global-east'),
      AllowDataLoss: true,
    });
    await rds.clock.advance(60_000);

    expect(values(name, east, [0, 5])).toEqual([
      [0, 240],
      [1, 60_240],
      [2, 120_240],
    ]);
    const west = { DBClusterIdentifier: 'web-global-west', SourceRegion: EAST };
    expect(values(name, west, [3, 5], WEST)).toEqual([
      [3, 210],
      [4, 60_210],
    ]);
  });

  test('is small again once the Region is back', async () => {
    rds.breaks('region-database', WEST);
    await rds.clock.advance(60_000);
    rds.mends('region-database');

    expect(values(name, east, [1, 3])).toEqual([
      [1, 240],
      [2, 240],
    ]);
  });
});

describe('metrics()', () => {
  test('names each metric of the Region once', () => {
    const west = rds.metricSource.metrics(WEST);
    const east = rds.metricSource.metrics(EAST);

    // Three metrics, of each instance, of the cluster and of its two roles.
    expect(west).toHaveLength(3 * (2 + 3));
    expect(west).toContainEqual({
      namespace: 'AWS/RDS',
      metricName: 'EngineUptime',
      dimensions: { DBClusterIdentifier: 'web-global-west', Role: 'WRITER' },
    });
    expect(east).toHaveLength(3 * (3 + 3) + 3 * (2 + 3) + 2 * 2);
    expect(east).toContainEqual({
      namespace: 'AWS/RDS',
      metricName: 'AuroraGlobalDBRPOLag',
      dimensions: { DBClusterIdentifier: 'web-global-east', SourceRegion: WEST },
    });
  });

  test('are all there with values', () => {
    for (const { metricName, dimensions } of rds.metricSource.metrics(EAST)) {
      const isSecondary = Object.values(dimensions).some((name) => name.startsWith('web-global'));
      const hasNone = metricName === 'AuroraReplicaLag' || dimensions['Role'] === 'WRITER';
      if (isSecondary && hasNone) continue;
      if (metricName === 'AuroraReplicaLag' && dimensions['Role'] === 'WRITER') continue;
      if (metricName === 'AuroraReplicaLag' && dimensions['DBInstanceIdentifier'] === 'web-data-1')
        continue;
      expect(values(metricName, dimensions, [0, 1])).not.toEqual([]);
    }
  });

  test('knows no other', () => {
    expect(values('CPUUtilization', { DBInstanceIdentifier: 'web-data-1' }, [0, 1])).toEqual([]);
  });
});

describe('onChange()', () => {
  test('notifies of each change of course', async () => {
    let count = 0;
    rds.metricSource.onChange(() => {
      count += 1;
    });
    const changesOf = async (act: () => unknown) => {
      const before = count;
      await act();
      return count - before;
    };

    expect(await changesOf(() => rds.breaks('database'))).toBeGreaterThan(0);
    expect(await changesOf(() => rds.mends('database'))).toBeGreaterThan(0);
    expect(await changesOf(() => rds.breaks('replica-lag'))).toBeGreaterThan(0);
    expect(
      await changesOf(() => rds.call('FailoverDBCluster', { DBClusterIdentifier: 'web-data' })),
    ).toBeGreaterThan(0);
    expect(await changesOf(() => rds.clock.advance(30_000))).toBeGreaterThan(0);
    expect(await changesOf(() => rds.clock.advance(86_400_000))).toBe(0);
  });
});
