import { beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../core/json.ts';
import { UserError } from '../../../core/user-error.ts';
import {
  clusterArn,
  createRdsUnderTest,
  EAST,
  instance,
  RDS_SECTION,
  type RdsUnderTest,
  WEST,
} from '../rds-under-test.ts';

let rds: RdsUnderTest;

beforeEach(() => {
  rds = createRdsUnderTest();
});

const web = { DBClusterIdentifier: 'web-data' };

function refusalOf(act: () => unknown): UserError {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('Nothing was refused');
}

describe('seed()', () => {
  test('puts everything back, and calls off what is under way', async () => {
    const before = rds.simulated.show();
    await rds.call('FailoverDBCluster', web);
    await rds.call('CreateDBCluster', {
      DBClusterIdentifier: 'more',
      Engine: 'aurora-mysql',
      MasterUsername: 'admin',
      ManageMasterUserPassword: true,
    });
    for (const fault of Object.keys(rds.simulated.faults)) rds.breaks(fault);

    rds.simulated.seed(RDS_SECTION);

    expect(rds.clock.pending()).toBe(0);
    expect(rds.simulated.show()).toEqual(before);
    expect((await rds.call('DescribeEvents', {}))['Events']).toEqual([]);
    expect((await rds.call('FailoverDBCluster', web))['DBCluster']).toBeDefined();
    await rds.clock.advance(35_000);
    expect(await rds.writer('web-data')).toBe('web-data-2');
  });

  test('takes a section without databases', () => {
    rds.simulated.seed({});

    expect(rds.simulated.show()).toEqual({ regions: {}, globalClusters: {} });
  });

  test('names everything that is wrong, and leaves the databases as they were', () => {
    const wrong: JsonObject = {
      timings: { failoverSeconds: 0, coffeeSeconds: 1 },
      clusters: [
        {
          region: 'Berlin',
          identifier: 'web--data',
          engine: 'oracle',
          connections: { writer: -1 },
          tags: { team: 7 },
          instances: [{ identifier: 'a', instanceClass: 'large', promotionTier: 16 }],
        },
        'x',
      ],
      globalClusters: {},
      snapshots: [],
    };

    const { code, message } = refusalOf(() => rds.simulated.seed(wrong));

    expect(code).toBe('invalid');
    expect(message.split('\n').map((line) => line.split(': ')[0])).toEqual([
      'rds.timings.failoverSeconds',
      'rds.timings.coffeeSeconds',
      'rds.clusters[0].region',
      'rds.clusters[0].identifier',
      'rds.clusters[0].engine',
      'rds.clusters[0].connections.writer',
      'rds.clusters[0].tags.team',
      'rds.clusters[0].instances[0].instanceClass',
      'rds.clusters[0].instances[0].availabilityZone',
      'rds.clusters[0].instances[0].promotionTier',
      'rds.clusters[1]',
      'rds.globalClusters',
      'rds.snapshots',
    ]);
    expect(message).toContain('rds.timings.failoverSeconds: Write a whole number from 1 to 86400');
    expect(rds.simulated.show()).toMatchObject({
      regions: { [EAST]: { clusters: { 'web-data': {} } } },
    });
  });

  const cluster = (over: JsonObject): JsonObject => ({
    region: EAST,
    identifier: 'one',
    engine: 'aurora-mysql',
    writer: 'a',
    instances: [instance('a', `${EAST}a`, 0)],
    ...over,
  });
  const primary = { region: EAST, cluster: 'one' };
  const west = cluster({ region: WEST, instances: [instance('a', `${WEST}a`, 0)] });

  test.each<[string, JsonObject, string]>([
    [
      'a cluster twice',
      { clusters: [cluster({}), cluster({ instances: [], writer: 'b' })] },
      'There is cluster one in us-east-1 already',
    ],
    [
      'an instance twice',
      {
        clusters: [
          cluster({ instances: [instance('a', `${EAST}a`, 0), instance('a', `${EAST}b`, 0)] }),
        ],
      },
      'There is instance a in us-east-1 already',
    ],
    [
      'a zone of another Region',
      { clusters: [cluster({ instances: [instance('a', `${WEST}a`, 0)] })] },
      'Zone "us-west-2a" is not in Region us-east-1',
    ],
    [
      'a writer that is not there',
      { clusters: [cluster({ writer: 'b' })] },
      'Name the writer of one: one of a',
    ],
    [
      'an unknown member',
      {
        clusters: [cluster({})],
        globalClusters: [
          { identifier: 'g', primary, secondaries: [{ region: WEST, cluster: 'x' }] },
        ],
      },
      'There is no cluster x in us-west-2',
    ],
    [
      'a secondary with a writer',
      {
        clusters: [cluster({}), west],
        globalClusters: [
          { identifier: 'g', primary, secondaries: [{ region: WEST, cluster: 'one' }] },
        ],
      },
      'Cluster one is a secondary: it has no writer',
    ],
    [
      'a member twice',
      {
        clusters: [cluster({})],
        globalClusters: [{ identifier: 'g', primary, secondaries: [primary] }],
      },
      'Each member must be in a Region of its own',
    ],
    [
      'two engines',
      {
        clusters: [cluster({}), { region: WEST, identifier: 'two', engine: 'aurora-postgresql' }],
        globalClusters: [
          { identifier: 'g', primary, secondaries: [{ region: WEST, cluster: 'two' }] },
        ],
      },
      'All members must have one engine',
    ],
  ])('refuses %s', (_name, simulated, message) => {
    expect(refusalOf(() => rds.simulated.seed(simulated)).message).toContain(message);
  });
});

describe('show()', () => {
  test('shows status, writer, readers and lag', () => {
    expect(rds.simulated.show()).toEqual({
      regions: {
        [EAST]: {
          status: 'up',
          clusters: {
            'web-data': {
              status: 'available',
              writer: {
                identifier: 'web-data-1',
                status: 'available',
                instanceClass: 'db.r6g.large',
                availabilityZone: 'us-east-1a',
                promotionTier: 0,
              },
              readers: [
                expect.objectContaining({
                  identifier: 'web-data-2',
                  status: 'available',
                  replicaLagMs: 18,
                }),
                expect.objectContaining({
                  identifier: 'web-data-3',
                  promotionTier: 1,
                  replicaLagMs: 18,
                }),
              ],
            },
            'web-global-east': expect.objectContaining({ writer: null }),
          },
        },
        [WEST]: expect.objectContaining({ status: 'up' }),
      },
      globalClusters: {
        'web-global': {
          status: 'available',
          members: [
            {
              cluster: clusterArn(WEST, 'web-global-west'),
              role: 'primary',
              synchronization: 'connected',
            },
            {
              cluster: clusterArn(EAST, 'web-global-east'),
              role: 'secondary',
              synchronization: 'connected',
              lagMs: 240,
            },
          ],
        },
      },
    });
  });

  test('shows what is under way', async () => {
    await rds.call('SwitchoverGlobalCluster', {
      GlobalClusterIdentifier: 'web-global',
      TargetDbClusterIdentifier: clusterArn(EAST, 'web-global-east'),
    });

    expect(rds.simulated.show()).toMatchObject({
      globalClusters: {
        'web-global': { underWay: { status: 'pending', isDataLossAllowed: false } },
      },
    });
  });
});

describe('faults', () => {
  test('database lets the writer fail, publishes it, and no failover comes', async () => {
    expect(rds.breaks('database')).toBe('The writer web-data-1 of web-data has failed');

    await rds.clock.advance(3_600_000);
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
    expect(await rds.writer('web-data')).toBe('web-data-1');
    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'failed' });
    expect(rds.mends('database', 'web-data')).toBe('Mended: web-data-1');
    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'available' });
    expect(rds.said()).toEqual([
      'RDS-EVENT-0004 web-data-1: DB instance shutdown',
      'RDS-EVENT-0031 web-data-1: DB instance put into failed state. RDS recommends that you initiate a point-in-time-restore.',
      'RDS-EVENT-0006 web-data-1: DB instance restarted',
      'RDS-EVENT-0021 web-data-1: Recovery of the DB instance is complete.',
    ]);
    expect(rds.mends('database')).toBe('Mended: nothing');
  });

  test('database-target takes the next reader, or the one that is named', async () => {
    expect(rds.breaks('database-target')).toBe('web-data-2 of web-data has failed');
    expect(rds.breaks('database-target', 'web-data')).toBe('web-data-3 of web-data has failed');
    expect(refusalOf(() => rds.breaks('database-target')).code).toBe('usage');
    expect(rds.mends('database-target', 'web-data-3')).toBe('Mended: web-data-3');
    expect(await rds.instance('web-data-2')).toMatchObject({ DBInstanceStatus: 'failed' });
  });

  test('an instance stays broken until every fault on it has gone', async () => {
    rds.breaks('no-readers', 'web-data');
    rds.breaks('database-target', 'web-data-2');

    expect(rds.mends('no-readers')).toBe('Mended: web-data-2, web-data-3');
    expect(await rds.instance('web-data-2')).toMatchObject({ DBInstanceStatus: 'failed' });
    expect(await rds.instance('web-data-3')).toMatchObject({ DBInstanceStatus: 'available' });
    rds.mends('database-target');
    expect(await rds.instance('web-data-2')).toMatchObject({ DBInstanceStatus: 'available' });
  });

  test('cluster-busy keeps a cluster modifying', async () => {
    rds.breaks('cluster-busy');

    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'modifying' });
    await expect(rds.call('FailoverDBCluster', web)).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      message: 'DbCluster web-data is in modifying state but expected it to be one of available.',
    });
    expect(rds.mends('cluster-busy')).toBe('No longer busy: web-data');
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
  });

  test('failover-stuck lets a failover begin and never end, until it is mended', async () => {
    rds.breaks('failover-stuck');
    await rds.call('FailoverDBCluster', web);

    await rds.clock.advance(86_400_000);
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'failing-over' });
    expect(await rds.writer('web-data')).toBe('web-data-1');

    expect(rds.mends('failover-stuck')).toBe('Failovers end again; 1 that waited went on');
    await rds.clock.advance(5_000);
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
    expect(await rds.writer('web-data')).toBe('web-data-2');
  });

  test('failover-stuck stops a global switchover', async () => {
    rds.breaks('failover-stuck', 'web-global');
    await rds.call('SwitchoverGlobalCluster', {
      GlobalClusterIdentifier: 'web-global',
      TargetDbClusterIdentifier: clusterArn(EAST, 'web-global-east'),
    });

    await rds.clock.advance(86_400_000);
    expect(await rds.global()).toMatchObject({ Status: 'switching-over' });

    rds.mends('failover-stuck', 'web-global');
    expect(await rds.global()).toMatchObject({ Status: 'available' });
  });

  test('failover-throttled throttles so many calls', async () => {
    rds.breaks('failover-throttled', '2');

    for (const _ of [1, 2]) {
      await expect(rds.call('FailoverDBCluster', web)).rejects.toMatchObject({
        name: 'Throttling',
        message: 'Rate exceeded',
      });
      expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
    }
    expect(await rds.call('FailoverDBCluster', web)).toHaveProperty('DBCluster');
  });

  test('failover-throttled ends, and takes numbers alone', async () => {
    rds.breaks('failover-throttled');
    rds.mends('failover-throttled');

    expect(await rds.call('FailoverDBCluster', web)).toHaveProperty('DBCluster');
    expect(refusalOf(() => rds.breaks('failover-throttled', 'some')).code).toBe('usage');
  });

  test('replica-lag lets a cluster’s or a global cluster’s lag grow', async () => {
    expect(rds.breaks('replica-lag')).toBe('The lag grows of web-data');
    expect(rds.breaks('replica-lag', 'web-global')).toBe('The lag grows of web-global-east');
    await rds.clock.advance(10_000);

    expect(rds.simulated.show()).toMatchObject({
      regions: {
        [EAST]: { clusters: { 'web-data': { readers: [{ replicaLagMs: 10_018 }, {}] } } },
      },
      globalClusters: { 'web-global': { members: [{}, { lagMs: 10_240 }] } },
    });
    expect(rds.mends('replica-lag')).toBe('Caught up: web-data, web-global-east');
    expect(rds.simulated.show()).toMatchObject({
      globalClusters: { 'web-global': { members: [{}, { lagMs: 240 }] } },
    });
  });

  test('region-database takes a Region down, and the API with it', async () => {
    expect(rds.breaks('region-database')).toBe('RDS is down in us-west-2');

    for (const action of ['DescribeDBClusters', 'DescribeGlobalClusters', 'FailoverDBCluster']) {
      await expect(rds.call(action, {}, WEST)).rejects.toMatchObject({
        name: 'ServiceUnavailable',
      });
    }
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
    expect(rds.simulated.show()).toMatchObject({ regions: { [WEST]: { status: 'down' } } });

    expect(rds.mends('region-database')).toBe('RDS is up in us-west-2');
    expect(await rds.instance('web-global-west-1', WEST)).toMatchObject({
      DBInstanceStatus: 'available',
    });
    expect(rds.mends('region-database')).toBe('RDS was down nowhere');
  });

  test('a Region that is down publishes nothing', async () => {
    rds.breaks('region-database', EAST);
    rds.mends('region-database', EAST);

    expect(rds.said().filter((text) => text.includes('0031'))).toEqual([]);
  });

  test.each([
    ['database', 'none'],
    ['database', 'web-global-east'],
    ['no-readers', 'none'],
    ['cluster-busy', 'none'],
    ['failover-stuck', 'none'],
    ['replica-lag', 'none'],
    ['region-database', 'eu-west-1'],
  ])('%s refuses the target %s', (fault, target) => {
    expect(refusalOf(() => rds.breaks(fault, target)).code).toBe('usage');
  });

  test('a name in two Regions has to be an ARN', async () => {
    const made = {
      DBClusterIdentifier: 'web-data',
      Engine: 'aurora-mysql',
      MasterUsername: 'admin',
      ManageMasterUserPassword: true,
    };
    await rds.call('CreateDBCluster', made, WEST);

    expect(refusalOf(() => rds.breaks('cluster-busy', 'web-data')).message).toContain(
      clusterArn(WEST, 'web-data'),
    );
    expect(rds.breaks('cluster-busy', clusterArn(EAST, 'web-data'))).toBe('web-data is modifying');
  });

  test('each has a summary', () => {
    expect(Object.keys(rds.simulated.faults)).toEqual([
      'database',
      'database-target',
      'no-readers',
      'cluster-busy',
      'failover-stuck',
      'failover-throttled',
      'replica-lag',
      'region-database',
    ]);
    for (const { summary } of Object.values(rds.simulated.faults))
      expect(summary).toMatch(/^[A-Z].*\w$/);
  });
});
