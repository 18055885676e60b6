import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  clusterArn,
  createRdsUnderTest,
  EAST,
  RDS_SECTION,
  type RdsUnderTest,
  WEST,
} from '../rds-under-test.ts';

let rds: RdsUnderTest;

beforeEach(() => {
  rds = createRdsUnderTest();
});

const eastArn = clusterArn(EAST, 'web-global-east');
const westArn = clusterArn(WEST, 'web-global-west');
const input = { GlobalClusterIdentifier: 'web-global', TargetDbClusterIdentifier: eastArn };

const switchover = (over: object = {}) =>
  rds.call('SwitchoverGlobalCluster', { ...input, ...over });
const failover = (over: object = {}) =>
  rds.call('FailoverGlobalCluster', { ...input, AllowDataLoss: true, ...over });

describe('DescribeGlobalClusters', () => {
  test('shows the primary and who follows it, in each Region that has a member', async () => {
    expect(await rds.global(WEST)).toEqual(await rds.global(EAST));
    expect(await rds.global()).toMatchObject({
      GlobalClusterIdentifier: 'web-global',
      GlobalClusterArn: 'arn:aws:rds::123456789012:global-cluster:web-global',
      Status: 'available',
      Engine: 'aurora-postgresql',
      GlobalClusterMembers: [
        {
          DBClusterArn: westArn,
          IsWriter: true,
          Readers: [eastArn],
          SynchronizationStatus: 'connected',
        },
        { DBClusterArn: eastArn, IsWriter: false, Readers: [], SynchronizationStatus: 'connected' },
      ],
    });
    expect(await rds.writer('web-global-east')).toBeUndefined();
  });

  test('hides it elsewhere', async () => {
    expect(await rds.call('DescribeGlobalClusters', {}, 'eu-west-1')).toEqual({
      GlobalClusters: [],
    });
    const GlobalClusterIdentifier = 'web-global';
    await expect(
      rds.call('DescribeGlobalClusters', { GlobalClusterIdentifier }, 'eu-west-1'),
    ).rejects.toMatchObject({
      name: 'GlobalClusterNotFoundFault',
      message: 'Global cluster web-global not found',
    });
  });

  test('filters by Region', async () => {
    const Filters = [{ Name: 'region', Values: ['eu-west-1'] }];

    expect(await rds.call('DescribeGlobalClusters', { Filters })).toEqual({ GlobalClusters: [] });
  });
});

describe('SwitchoverGlobalCluster', () => {
  test('returns at once with what is pending, then switches over', async () => {
    expect((await switchover())['GlobalCluster']).toMatchObject({
      Status: 'switching-over',
      FailoverState: {
        Status: 'pending',
        FromDbClusterArn: westArn,
        ToDbClusterArn: eastArn,
        IsDataLossAllowed: false,
      },
    });

    await rds.clock.advance(5_000);
    expect(await rds.global()).toMatchObject({ FailoverState: { Status: 'switching-over' } });
    expect(await rds.cluster('web-global-east')).toMatchObject({ Status: 'switching-over' });
    expect(await rds.cluster('web-global-west', WEST)).toMatchObject({ Status: 'switching-over' });
  });

  test('makes the target the primary after a minute, and loses nothing', async () => {
    await switchover();

    await rds.clock.advance(61_000);

    const global = await rds.global();
    expect(global).toMatchObject({
      Status: 'available',
      GlobalClusterMembers: [
        { DBClusterArn: westArn, IsWriter: false, SynchronizationStatus: 'connected' },
        { DBClusterArn: eastArn, IsWriter: true, Readers: [westArn] },
      ],
    });
    expect(global).not.toHaveProperty('FailoverState');
    expect(await rds.writer('web-global-east')).toBe('web-global-east-1');
    expect(await rds.writer('web-global-west', WEST)).toBeUndefined();
    expect(await rds.instance('web-global-west-1', WEST)).toMatchObject({
      DBInstanceStatus: 'available',
    });
    expect(rds.clock.pending()).toBe(0);
    expect(rds.said()).toEqual([
      'RDS-EVENT-0181 web-global-east: Global switchover to DB cluster web-global-east in Region us-east-1 started.',
      'RDS-EVENT-0182 web-global-east: Old primary DB cluster web-global-west in Region us-west-2 successfully shut down.',
      'RDS-EVENT-0184 web-global-east: New primary DB cluster web-global-east in Region us-east-1 was successfully promoted.',
      'RDS-EVENT-0185 web-global-east: Global switchover to DB cluster web-global-east in Region us-east-1 finished.',
    ]);
    expect(rds.published[0]?.detail['EventCategories']).toEqual(['global-failover']);
  });

  test('waits until the target has caught up, and says so', async () => {
    rds.breaks('replica-lag', 'web-global');
    await rds.clock.advance(30_000);
    await switchover();

    await rds.clock.advance(61_000);
    expect(await rds.global()).toMatchObject({ Status: 'switching-over' });
    const { Events } = await rds.call('DescribeEvents', {}, WEST);
    expect(Events).toContainEqual(
      expect.objectContaining({
        Message: expect.stringContaining(
          'Current target DB cluster lag behind the primary DB cluster: 30240 ms',
        ),
      }),
    );

    await rds.clock.advance(30_000);
    expect(await rds.global()).toMatchObject({ Status: 'available' });
  });

  test('goes back by another switchover', async () => {
    await switchover();
    await rds.clock.advance(61_000);

    await rds.call(
      'SwitchoverGlobalCluster',
      { ...input, TargetDbClusterIdentifier: westArn },
      WEST,
    );
    await rds.clock.advance(61_000);

    expect(await rds.writer('web-global-west', WEST)).toBe('web-global-west-1');
    expect(await rds.writer('web-global-east')).toBeUndefined();
  });

  test('is given up where the primary’s Region goes down on the way', async () => {
    await switchover();
    rds.breaks('region-database', WEST);

    await rds.clock.advance(61_000);

    expect(await rds.global()).toMatchObject({
      Status: 'available',
      GlobalClusterMembers: [{ IsWriter: true }, { IsWriter: false }],
    });
    expect(rds.said().at(-1)).toContain('RDS-EVENT-0187');
  });

  test.each([
    [
      'an unknown global cluster',
      { GlobalClusterIdentifier: 'none' },
      'GlobalClusterNotFoundFault',
    ],
    [
      'an unknown target',
      { TargetDbClusterIdentifier: clusterArn(EAST, 'none') },
      'DBClusterNotFoundFault',
    ],
    [
      'a target without its ARN',
      { TargetDbClusterIdentifier: 'web-global-east' },
      'InvalidParameterValue',
    ],
    [
      'the primary as the target',
      { TargetDbClusterIdentifier: westArn },
      'InvalidDBClusterStateFault',
    ],
    ['a missing target', { TargetDbClusterIdentifier: undefined }, 'MissingParameter'],
  ])('refuses %s', async (_name, over, name) => {
    await expect(switchover(over)).rejects.toMatchObject({ name });
  });

  test.each([
    ['the primary is busy', 'cluster-busy', westArn, 'InvalidDBClusterStateFault'],
    ['the target is busy', 'cluster-busy', eastArn, 'InvalidDBClusterStateFault'],
    ['the target has no instance', 'no-readers', eastArn, 'InvalidDBClusterStateFault'],
    ['the primary’s Region is down', 'region-database', WEST, 'InvalidGlobalClusterStateFault'],
  ])('is refused where %s', async (_name, fault, target, name) => {
    rds.breaks(fault, target);

    await expect(switchover()).rejects.toMatchObject({ name });
  });

  test('is refused while one is under way', async () => {
    await switchover();

    await expect(switchover()).rejects.toMatchObject({ name: 'InvalidGlobalClusterStateFault' });
    await expect(failover()).rejects.toMatchObject({ name: 'InvalidGlobalClusterStateFault' });
  });
});

describe('FailoverGlobalCluster', () => {
  test('refuses both flags at once', async () => {
    await expect(failover({ Switchover: true })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
      message: "AllowDataLoss can't be specified together with the Switchover parameter.",
    });
  });

  test('switches over where no loss is allowed', async () => {
    const { GlobalCluster } = await failover({ AllowDataLoss: undefined });

    expect(GlobalCluster).toMatchObject({ FailoverState: { IsDataLossAllowed: false } });
  });

  test('works while the primary’s Region is down, and records what was lost', async () => {
    rds.breaks('region-database', WEST);
    await rds.clock.advance(120_000);

    expect((await failover())['GlobalCluster']).toMatchObject({
      Status: 'failing-over',
      FailoverState: { Status: 'pending', IsDataLossAllowed: true },
    });
    await rds.clock.advance(60_000);

    expect(await rds.writer('web-global-east')).toBe('web-global-east-1');
    expect(await rds.global()).toMatchObject({
      Status: 'available',
      GlobalClusterMembers: [
        { DBClusterArn: westArn, IsWriter: false, SynchronizationStatus: 'pending-resync' },
        { DBClusterArn: eastArn, IsWriter: true, SynchronizationStatus: 'connected' },
      ],
    });
    expect(rds.simulated.show()).toMatchObject({
      globalClusters: {
        'web-global': {
          lastSwitch: { kind: 'failover', from: westArn, to: eastArn, dataLossMs: 120_240 },
        },
      },
    });
    expect(rds.said()).toEqual([
      'RDS-EVENT-0238 web-global-east: Global failover to DB cluster web-global-east in Region us-east-1 completed.',
    ]);
  });

  test('lets the old primary rejoin once its Region is back', async () => {
    rds.breaks('region-database', WEST);
    await failover();
    await rds.clock.advance(60_000);
    rds.mends('region-database', WEST);
    expect(await rds.instance('web-global-west-1', WEST)).toMatchObject({
      DBInstanceStatus: 'rebooting',
    });
    await expect(switchover({ TargetDbClusterIdentifier: westArn })).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
    });

    await rds.clock.advance(300_000);

    expect(await rds.global()).toMatchObject({
      GlobalClusterMembers: [{ SynchronizationStatus: 'connected' }, { IsWriter: true }],
    });
    expect(await rds.instance('web-global-west-1', WEST)).toMatchObject({
      DBInstanceStatus: 'available',
    });
    const { Events } = await rds.call('DescribeEvents', { SourceType: 'db-cluster' }, WEST);
    expect(Events).toMatchObject([
      { Message: expect.stringContaining('Started resynchronizing') },
      { Message: expect.stringContaining('Finished resynchronizing') },
    ]);
  });

  test('starts over with the resynchronization of a Region that went down again', async () => {
    rds.breaks('region-database', WEST);
    await failover();
    await rds.clock.advance(60_000);
    rds.mends('region-database', WEST);
    await rds.clock.advance(100_000);
    rds.breaks('region-database', WEST);
    await rds.clock.advance(100_000);
    rds.mends('region-database', WEST);

    await rds.clock.advance(299_000);
    expect(await rds.global()).toMatchObject({
      GlobalClusterMembers: [{ SynchronizationStatus: 'pending-resync' }, {}],
    });
    await rds.clock.advance(1_000);
    expect(await rds.global()).toMatchObject({
      GlobalClusterMembers: [{ SynchronizationStatus: 'connected' }, {}],
    });
  });

  test('leaves no writer in an old primary that was failing over itself', async () => {
    rds.simulated.seed({ ...RDS_SECTION, timings: { failoverSeconds: 500 } });
    await rds.call('FailoverDBCluster', { DBClusterIdentifier: 'web-global-west' }, WEST);
    await failover();

    await rds.clock.advance(600_000);

    expect(await rds.writer('web-global-east')).toBe('web-global-east-1');
    expect(await rds.writer('web-global-west', WEST)).toBeUndefined();
    expect(await rds.cluster('web-global-west', WEST)).toMatchObject({ Status: 'available' });
    expect(await rds.instance('web-global-west-1', WEST)).toMatchObject({
      DBInstanceStatus: 'available',
    });
  });

  test('fails where the target breaks on the way', async () => {
    await failover();
    rds.breaks('no-readers', eastArn);

    await rds.clock.advance(60_000);

    expect(rds.said().at(-1)).toContain('RDS-EVENT-0239');
    expect(await rds.writer('web-global-west', WEST)).toBe('web-global-west-1');
    expect(await rds.global()).toMatchObject({ Status: 'available' });
  });
});

describe('RemoveFromGlobalCluster', () => {
  const remove = (DbClusterIdentifier: string) =>
    rds.call('RemoveFromGlobalCluster', {
      GlobalClusterIdentifier: 'web-global',
      DbClusterIdentifier,
    });

  test('makes a secondary a cluster of its own', async () => {
    await remove(eastArn);
    expect(await rds.cluster('web-global-east')).toMatchObject({ Status: 'promoting' });

    await rds.clock.advance(60_000);

    const cluster = await rds.cluster('web-global-east');
    expect(cluster).toMatchObject({ Status: 'available' });
    expect(cluster).not.toHaveProperty('GlobalClusterIdentifier');
    expect(await rds.writer('web-global-east')).toBe('web-global-east-1');
    expect(await rds.global(WEST)).toMatchObject({ GlobalClusterMembers: [{ IsWriter: true }] });
  });

  test('works while the primary’s Region is down', async () => {
    rds.breaks('region-database', WEST);

    await remove(eastArn);
    await rds.clock.advance(60_000);

    expect(await rds.writer('web-global-east')).toBe('web-global-east-1');
  });

  test('refuses a primary that others follow, and then takes it', async () => {
    await expect(remove(westArn)).rejects.toMatchObject({ name: 'InvalidGlobalClusterStateFault' });
    await remove(eastArn);
    await rds.clock.advance(60_000);

    await rds.call(
      'RemoveFromGlobalCluster',
      { GlobalClusterIdentifier: 'web-global', DbClusterIdentifier: westArn },
      WEST,
    );
    await rds.clock.advance(60_000);

    expect(await rds.global()).toMatchObject({ GlobalClusterMembers: [] });
    expect(await rds.writer('web-global-west', WEST)).toBe('web-global-west-1');
  });

  test('lets a former primary go that has not rejoined', async () => {
    await failover();
    await rds.clock.advance(60_000);

    await remove(westArn);
    await rds.clock.advance(60_000);

    expect(await rds.writer('web-global-west', WEST)).toBe('web-global-west-1');
    expect(await rds.instance('web-global-west-1', WEST)).toMatchObject({
      DBInstanceStatus: 'available',
    });
  });
});
