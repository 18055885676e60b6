import { beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../core/json.ts';
import {
  createRdsUnderTest,
  EAST,
  instance,
  RDS_SECTION,
  type RdsUnderTest,
} from '../rds-under-test.ts';

let rds: RdsUnderTest;

beforeEach(() => {
  rds = createRdsUnderTest();
});

const failover = (TargetDBInstanceIdentifier?: string, DBClusterIdentifier = 'web-data') =>
  rds.call('FailoverDBCluster', { DBClusterIdentifier, TargetDBInstanceIdentifier });

function sectionOf(instances: readonly JsonObject[], timings: JsonObject = {}): JsonObject {
  const cluster = {
    region: EAST,
    identifier: 'web-data',
    engine: 'aurora-mysql',
    writer: 'web-data-1',
    instances,
  };
  return { timings, clusters: [cluster] };
}

describe('FailoverDBCluster', () => {
  test('returns at once, with the cluster failing over and its writer as it was', async () => {
    const { DBCluster } = await failover();

    expect(DBCluster).toMatchObject({ DBClusterIdentifier: 'web-data', Status: 'failing-over' });
    expect(await rds.writer('web-data')).toBe('web-data-1');
    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'rebooting' });
    await rds.clock.advance(29_000);
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'failing-over' });
  });

  test('is available after 30 seconds, and shows the new writer five seconds later', async () => {
    await failover('web-data-3');

    await rds.clock.advance(30_000);
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'available' });
    expect(await rds.writer('web-data')).toBe('web-data-1');

    await rds.clock.advance(5_000);
    expect(await rds.writer('web-data')).toBe('web-data-3');
    expect(rds.clock.pending()).toBe(0);
  });

  test('shows the new writer before it is available where the section says so', async () => {
    rds.simulated.seed({ ...RDS_SECTION, timings: { writerFlagLagSeconds: -4 } });
    await failover('web-data-2');

    await rds.clock.advance(26_000);

    expect(await rds.writer('web-data')).toBe('web-data-2');
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'failing-over' });
  });

  test('publishes what happens in the words of AWS', async () => {
    await failover('web-data-2');
    await rds.clock.advance(30_000);

    expect(rds.said()).toEqual([
      'RDS-EVENT-0073 web-data: Started cross AZ failover to DB instance: web-data-2',
      'RDS-EVENT-0004 web-data-1: DB instance shutdown',
      'RDS-EVENT-0006 web-data-1: DB instance restarted',
      'RDS-EVENT-0071 web-data: Completed failover to DB instance: web-data-2',
    ]);
    expect(rds.published[0]).toEqual({
      source: 'aws.rds',
      detailType: 'RDS DB Cluster Event',
      region: 'us-east-1',
      resources: ['arn:aws:rds:us-east-1:123456789012:cluster:web-data'],
      time: new Date('2026-01-05T10:00:00.000Z'),
      detail: {
        EventCategories: ['failover'],
        SourceType: 'CLUSTER',
        SourceArn: 'arn:aws:rds:us-east-1:123456789012:cluster:web-data',
        Date: '2026-01-05T10:00:00.000Z',
        Message: 'Started cross AZ failover to DB instance: web-data-2',
        SourceIdentifier: 'web-data',
        EventID: 'RDS-EVENT-0073',
      },
    });
    expect(rds.published[1]).toMatchObject({
      detailType: 'RDS DB Instance Event',
      detail: { SourceType: 'DB_INSTANCE', EventCategories: ['availability'] },
    });
  });

  test('says so when the failover stays in the zone', async () => {
    rds.simulated.seed(
      sectionOf([instance('web-data-1', `${EAST}a`, 0), instance('web-data-2', `${EAST}a`, 1)]),
    );

    await failover();

    expect(rds.said()[0]).toBe(
      'RDS-EVENT-0072 web-data: Started same AZ failover to DB instance: web-data-2',
    );
  });

  test.each([
    [
      'the lowest tier',
      [
        ['b', 2, 'large'],
        ['c', 1, 'large'],
      ],
      'web-data-c',
    ],
    [
      'among equal tiers the largest class',
      [
        ['b', 1, 'large'],
        ['c', 1, '2xlarge'],
      ],
      'web-data-c',
    ],
    [
      'among equals the first by name',
      [
        ['c', 1, 'large'],
        ['b', 1, 'large'],
      ],
      'web-data-b',
    ],
    [
      'tier before class',
      [
        ['b', 0, 'medium'],
        ['c', 1, '16xlarge'],
      ],
      'web-data-b',
    ],
  ] as const)('promotes %s', async (_name, readers, expected) => {
    rds.simulated.seed(
      sectionOf([
        instance('web-data-1', `${EAST}a`, 0),
        ...readers.map(([letter, tier, size]) => ({
          ...instance(`web-data-${letter}`, `${EAST}${letter}`, tier),
          instanceClass: `db.r6g.${size}`,
        })),
      ]),
    );

    await failover();
    await rds.clock.advance(35_000);

    expect(await rds.writer('web-data')).toBe(expected);
  });

  test('passes over a reader that is not available', async () => {
    rds.breaks('database-target', 'web-data-2');

    await failover();
    await rds.clock.advance(35_000);

    expect(await rds.writer('web-data')).toBe('web-data-3');
  });

  test('promotes another reader where the chosen one breaks on the way', async () => {
    await failover('web-data-2');
    rds.breaks('database-target', 'web-data-2');

    await rds.clock.advance(35_000);

    expect(await rds.writer('web-data')).toBe('web-data-3');
    expect(rds.said().at(-1)).toContain('Completed failover to DB instance: web-data-3');
  });

  test('promotes the previous writer again where no reader is left on the way', async () => {
    await failover();
    rds.breaks('no-readers');

    await rds.clock.advance(35_000);

    expect(await rds.writer('web-data')).toBe('web-data-1');
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
    expect(rds.said().at(-3)).toContain('RDS-EVENT-0070');
  });

  test('fails where nobody is left', async () => {
    rds.breaks('database');
    await failover();
    rds.breaks('no-readers');

    await rds.clock.advance(35_000);

    expect(rds.said().at(-1)).toBe(
      'RDS-EVENT-0069 web-data: Cluster failover failed, check the health of your cluster instances and try again.',
    );
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
  });

  test('makes the writer anew, slowly, where there is no reader', async () => {
    rds.simulated.seed(sectionOf([instance('web-data-1', `${EAST}a`, 0)]));
    rds.breaks('database');

    await failover();
    await rds.clock.advance(479_000);
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'failing-over' });

    await rds.clock.advance(1_000);
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'available' });
    expect(await rds.writer('web-data')).toBe('web-data-1');
  });

  test('leaves a broken writer behind as a broken reader', async () => {
    rds.breaks('database');

    await failover();
    await rds.clock.advance(35_000);

    expect(await rds.writer('web-data')).toBe('web-data-2');
    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'failed' });
    rds.mends('database');
    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'available' });
    expect(await rds.writer('web-data')).toBe('web-data-2');
  });

  test.each([
    ['FailoverDBCluster', {}],
    ['ModifyDBCluster', { DeletionProtection: true }],
    ['StopDBCluster', {}],
    ['StartDBCluster', {}],
    ['DeleteDBCluster', { SkipFinalSnapshot: true }],
  ])('while one runs refuses %s', async (action, input) => {
    await failover();

    const refused = rds.call(action, { DBClusterIdentifier: 'web-data', ...input });

    await expect(refused).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      message: expect.stringContaining('failing-over'),
    });
  });

  test.each([
    [
      'CreateDBInstance',
      {
        DBInstanceIdentifier: 'n',
        DBInstanceClass: 'db.r6g.large',
        Engine: 'aurora-postgresql',
        DBClusterIdentifier: 'web-data',
      },
      'InvalidDBClusterStateFault',
    ],
    ['DeleteDBInstance', { DBInstanceIdentifier: 'web-data-2' }, 'InvalidDBClusterStateFault'],
    [
      'ModifyDBInstance',
      { DBInstanceIdentifier: 'web-data-2', PromotionTier: 3 },
      'InvalidDBClusterStateFault',
    ],
    ['RebootDBInstance', { DBInstanceIdentifier: 'web-data-2' }, 'InvalidDBInstanceStateFault'],
  ])('while one runs refuses %s of an instance', async (action, input, name) => {
    await failover();

    await expect(rds.call(action, input)).rejects.toMatchObject({ name });
  });

  test.each([
    [
      'an unknown cluster',
      'none',
      undefined,
      'DBClusterNotFoundFault',
      'DBCluster none not found.',
    ],
    [
      'an unknown target',
      'web-data',
      'none',
      'DBInstanceNotFoundFault',
      'DBInstance none not found.',
    ],
    [
      'another cluster’s instance',
      'web-data',
      'web-global-east-1',
      'InvalidDBInstanceStateFault',
      'DB instance web-global-east-1 is not a member of DB cluster web-data.',
    ],
    [
      'the writer',
      'web-data',
      'web-data-1',
      'InvalidDBInstanceStateFault',
      'DB instance web-data-1 is already the writer of DB cluster web-data.',
    ],
    [
      'a secondary of a global cluster',
      'web-global-east',
      undefined,
      'InvalidDBClusterStateFault',
      expect.stringContaining('secondary'),
    ],
  ])('refuses %s', async (_name, cluster, target, name, message) => {
    await expect(failover(target, cluster)).rejects.toMatchObject({ name, message });
    expect(rds.clock.pending()).toBe(0);
  });

  test('refuses a target that is not available', async () => {
    rds.breaks('database-target', 'web-data-2');

    await expect(failover('web-data-2')).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
      message: expect.stringContaining('failed'),
    });
  });

  test('refuses a call without a cluster', async () => {
    await expect(rds.call('FailoverDBCluster', {})).rejects.toMatchObject({
      name: 'MissingParameter',
      message: 'The request must contain the parameter DBClusterIdentifier.',
    });
  });
});
