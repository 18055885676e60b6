import { beforeEach, describe, expect, test } from '@jest/globals';
import { clusterArn, createRdsUnderTest, EAST, type RdsUnderTest, WEST } from './rds-under-test.ts';

let rds: RdsUnderTest;

beforeEach(() => {
  rds = createRdsUnderTest();
});

const web = { DBClusterIdentifier: 'web-data' };

describe('DescribeDBClusters', () => {
  test('describes a cluster as AWS does', async () => {
    expect(await rds.cluster('web-data')).toMatchObject({
      DBClusterIdentifier: 'web-data',
      DBClusterArn: clusterArn(EAST, 'web-data'),
      Status: 'available',
      Engine: 'aurora-postgresql',
      EngineVersion: '17.4',
      Endpoint: expect.stringMatching(
        /^web-data\.cluster-c\w{11}\.us-east-1\.rds\.amazonaws\.com$/,
      ),
      ReaderEndpoint: expect.stringMatching(/^web-data\.cluster-ro-/),
      Port: 5432,
      MultiAZ: true,
      AvailabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      DbClusterResourceId: expect.stringMatching(/^cluster-[0-9A-Z]{26}$/),
      DBClusterMembers: [
        {
          DBInstanceIdentifier: 'web-data-1',
          IsClusterWriter: true,
          DBClusterParameterGroupStatus: 'in-sync',
          PromotionTier: 0,
        },
        { DBInstanceIdentifier: 'web-data-2', IsClusterWriter: false, PromotionTier: 1 },
        { DBInstanceIdentifier: 'web-data-3', IsClusterWriter: false, PromotionTier: 1 },
      ],
    });
  });

  test('finds a cluster by its ARN and in any case', async () => {
    expect(await rds.cluster(clusterArn(EAST, 'web-data'))).toMatchObject(web);
    expect(await rds.cluster('WEB-Data')).toMatchObject(web);
  });

  test('shows each Region its own clusters', async () => {
    const { DBClusters } = await rds.call('DescribeDBClusters', {}, WEST);

    expect(DBClusters).toMatchObject([{ DBClusterIdentifier: 'web-global-west' }]);
    await expect(rds.cluster('web-data', WEST)).rejects.toMatchObject({
      name: 'DBClusterNotFoundFault',
      message: 'DBCluster web-data not found.',
    });
  });

  test('keeps what fits the filters', async () => {
    const Filters = [{ Name: 'db-cluster-id', Values: ['web-data', 'none'] }];

    expect((await rds.call('DescribeDBClusters', { Filters }))['DBClusters']).toMatchObject([web]);
    const engine = [{ Name: 'engine', Values: ['aurora-mysql'] }];
    expect(await rds.call('DescribeDBClusters', { Filters: engine })).toEqual({ DBClusters: [] });
  });

  test.each([
    [{ Filters: [{ Name: 'colour', Values: ['red'] }] }, 'Unrecognized filter name: colour'],
    [{ Filters: [{ Name: 'engine', Values: [] }] }, 'Filter engine must have at least one value'],
    [{ MaxRecords: 19 }, 'Invalid value 19 for MaxRecords. Must be between 20 and 100'],
    [{ Marker: 'x' }, "The marker 'x' is not valid"],
  ])('refuses %j', async (input, message) => {
    await expect(rds.call('DescribeDBClusters', input)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message,
    });
  });

  test('gives long lists by pages', async () => {
    for (let number = 0; number < 25; number += 1) {
      await rds.call('CreateDBCluster', {
        DBClusterIdentifier: `more-${number}`,
        Engine: 'aurora-mysql',
        MasterUsername: 'admin',
        ManageMasterUserPassword: true,
      });
    }

    const page = await rds.call('DescribeDBClusters', { MaxRecords: 20 });
    const rest = await rds.call('DescribeDBClusters', { MaxRecords: 20, Marker: page['Marker'] });

    expect(page['DBClusters']).toHaveLength(20);
    expect(rest['DBClusters']).toHaveLength(7);
    expect(rest['Marker']).toBeUndefined();
  });
});

describe('DescribeDBInstances', () => {
  test('describes an instance as AWS does', async () => {
    expect(await rds.instance('web-data-2')).toMatchObject({
      DBInstanceIdentifier: 'web-data-2',
      DBInstanceArn: 'arn:aws:rds:us-east-1:123456789012:db:web-data-2',
      DBInstanceStatus: 'available',
      DBInstanceClass: 'db.r6g.large',
      DBClusterIdentifier: 'web-data',
      AvailabilityZone: 'us-east-1b',
      PromotionTier: 1,
      Endpoint: { Address: expect.stringMatching(/^web-data-2\.c\w{11}\.us-east-1\./), Port: 5432 },
    });
  });

  test('finds the instances of a cluster', async () => {
    const Filters = [{ Name: 'db-cluster-id', Values: ['web-global-east'] }];

    const { DBInstances } = await rds.call('DescribeDBInstances', { Filters });

    expect(DBInstances).toMatchObject([
      { DBInstanceIdentifier: 'web-global-east-1' },
      { DBInstanceIdentifier: 'web-global-east-2' },
    ]);
  });
});

describe('DescribeEvents', () => {
  beforeEach(async () => {
    await rds.call('FailoverDBCluster', web);
    await rds.clock.advance(30_000);
  });

  test('lists a source’s events, the oldest first', async () => {
    const { Events } = await rds.call('DescribeEvents', {
      SourceIdentifier: 'web-data',
      SourceType: 'db-cluster',
    });

    expect(Events).toMatchObject([
      {
        SourceIdentifier: 'web-data',
        SourceType: 'db-cluster',
        SourceArn: clusterArn(EAST, 'web-data'),
        Message: 'Started cross AZ failover to DB instance: web-data-2',
        EventCategories: ['failover'],
        Date: new Date('2026-01-05T10:00:00.000Z'),
      },
      { Message: 'Completed failover to DB instance: web-data-2' },
    ]);
  });

  test('takes a category and a time', async () => {
    const availability = await rds.call('DescribeEvents', { EventCategories: ['availability'] });
    expect(availability['Events']).toHaveLength(2);

    await rds.clock.advance(3_601_000);
    expect((await rds.call('DescribeEvents', {}))['Events']).toEqual([]);
    expect((await rds.call('DescribeEvents', { Duration: 120 }))['Events']).toHaveLength(4);
    const EndTime = new Date('2026-01-05T10:00:10.000Z');
    expect((await rds.call('DescribeEvents', { EndTime }))['Events']).toHaveLength(2);
    expect((await rds.call('DescribeEvents', {}, WEST))['Events']).toEqual([]);
  });

  test.each([{ SourceIdentifier: 'web-data' }, { Duration: 5, StartTime: new Date() }])(
    'refuses %j',
    async (input) => {
      await expect(rds.call('DescribeEvents', input)).rejects.toMatchObject({
        name: 'InvalidParameterCombination',
      });
    },
  );

  test('keeps them for 14 days', async () => {
    await rds.clock.advance(15 * 86_400_000);
    await rds.call('RebootDBInstance', { DBInstanceIdentifier: 'web-data-3' });

    const { Events } = await rds.call('DescribeEvents', { Duration: 30 * 1440 });

    expect(Events).toMatchObject([{ Message: 'DB instance shutdown' }]);
  });
});

describe('creating and deleting', () => {
  const made = {
    DBClusterIdentifier: 'New-One',
    Engine: 'aurora-mysql',
    MasterUsername: 'admin',
    MasterUserPassword: 'secret-secret',
  };
  const instanceOf = (DBInstanceIdentifier: string, DBClusterIdentifier = 'new-one') => ({
    DBInstanceIdentifier,
    DBClusterIdentifier,
    DBInstanceClass: 'db.r6g.large',
    Engine: 'aurora-mysql',
  });

  test('makes a cluster and its instances, of which the first writes', async () => {
    expect((await rds.call('CreateDBCluster', made))['DBCluster']).toMatchObject({
      DBClusterIdentifier: 'new-one',
      Status: 'creating',
      Port: 3306,
      EngineVersion: expect.stringContaining('8.0'),
    });
    const { DBInstance } = await rds.call('CreateDBInstance', instanceOf('one-1'));
    expect(DBInstance).toMatchObject({ DBInstanceStatus: 'creating', PromotionTier: 1 });
    expect(DBInstance).not.toHaveProperty('Endpoint');
    await rds.call('CreateDBInstance', instanceOf('one-2'));

    await rds.clock.advance(300_000);

    expect(await rds.cluster('new-one')).toMatchObject({ Status: 'available', MultiAZ: true });
    expect(await rds.writer('new-one')).toBe('one-1');
    expect(await rds.instance('one-2')).toMatchObject({
      DBInstanceStatus: 'available',
      AvailabilityZone: 'us-east-1b',
    });
    expect(rds.said()).toEqual([
      'RDS-EVENT-0170 new-one: DB cluster created',
      'RDS-EVENT-0005 one-1: DB instance created',
      'RDS-EVENT-0005 one-2: DB instance created',
    ]);
  });

  test.each([
    [
      'CreateDBCluster',
      { ...made, DBClusterIdentifier: 'web-data' },
      'DBClusterAlreadyExistsFault',
    ],
    ['CreateDBCluster', { ...made, DBClusterIdentifier: '1-x' }, 'InvalidParameterValue'],
    ['CreateDBCluster', { ...made, Engine: 'mysql' }, 'InvalidParameterValue'],
    ['CreateDBCluster', { ...made, MasterUsername: undefined }, 'InvalidParameterValue'],
    ['CreateDBCluster', { ...made, MasterUserPassword: undefined }, 'InvalidParameterValue'],
    ['CreateDBCluster', { ...made, KmsKeyId: 'k' }, 'InvalidParameterValue'],
    ['CreateDBCluster', { ...made, GlobalClusterIdentifier: 'none' }, 'GlobalClusterNotFoundFault'],
    [
      'CreateDBInstance',
      { ...instanceOf('web-data-1', 'web-data') },
      'DBInstanceAlreadyExistsFault',
    ],
    ['CreateDBInstance', { ...instanceOf('n', 'web-data') }, 'InvalidParameterCombination'],
    [
      'CreateDBInstance',
      { ...instanceOf('n'), DBClusterIdentifier: undefined },
      'InvalidParameterValue',
    ],
    ['CreateDBInstance', { ...instanceOf('n', 'none') }, 'DBClusterNotFoundFault'],
  ])('%s refuses %j', async (action, input, name) => {
    await expect(rds.call(action, input)).rejects.toMatchObject({ name });
  });

  test('adds a secondary to a global cluster', async () => {
    const { DBCluster } = await rds.call(
      'CreateDBCluster',
      {
        DBClusterIdentifier: 'web-global-eu',
        Engine: 'aurora-postgresql',
        GlobalClusterIdentifier: 'web-global',
      },
      'eu-west-1',
    );

    expect(DBCluster).toMatchObject({
      GlobalClusterIdentifier: 'web-global',
      EngineVersion: '17.4',
    });
    expect(await rds.global()).toMatchObject({
      GlobalClusterMembers: [
        { IsWriter: true },
        { IsWriter: false },
        { DBClusterArn: clusterArn('eu-west-1', 'web-global-eu'), IsWriter: false },
      ],
    });
  });

  test('deletes a reader', async () => {
    await rds.call('DeleteDBInstance', { DBInstanceIdentifier: 'web-data-3' });
    expect(await rds.instance('web-data-3')).toMatchObject({ DBInstanceStatus: 'deleting' });

    await rds.clock.advance(120_000);

    await expect(rds.instance('web-data-3')).rejects.toMatchObject({
      name: 'DBInstanceNotFoundFault',
      message: 'DBInstance web-data-3 not found.',
    });
    expect((await rds.cluster('web-data'))['DBClusterMembers']).toHaveLength(2);
  });

  test('fails over before it deletes the writer', async () => {
    await rds.call('DeleteDBInstance', { DBInstanceIdentifier: 'web-data-1' });
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'failing-over' });

    await rds.clock.advance(35_000);
    expect(await rds.writer('web-data')).toBe('web-data-2');
    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'deleting' });

    await rds.clock.advance(120_000);
    await expect(rds.instance('web-data-1')).rejects.toMatchObject({
      name: 'DBInstanceNotFoundFault',
    });
  });

  test('gives the role to a broken reader where the writer goes and there is no other', async () => {
    rds.breaks('no-readers');
    await rds.call('DeleteDBInstance', { DBInstanceIdentifier: 'web-data-1' });

    await rds.clock.advance(120_000);

    expect(await rds.writer('web-data')).toBe('web-data-2');
  });

  test('deletes a cluster once its instances go', async () => {
    const cluster = { ...web, SkipFinalSnapshot: true };
    await expect(rds.call('DeleteDBCluster', cluster)).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      message: 'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
    });
    for (const number of [3, 2]) {
      await rds.call('DeleteDBInstance', { DBInstanceIdentifier: `web-data-${number}` });
    }
    await rds.call('DeleteDBInstance', { DBInstanceIdentifier: 'web-data-1' });

    expect((await rds.call('DeleteDBCluster', cluster))['DBCluster']).toMatchObject({
      Status: 'deleting',
    });
    await rds.clock.advance(120_000);

    await expect(rds.cluster('web-data')).rejects.toMatchObject({ name: 'DBClusterNotFoundFault' });
    expect(rds.said().at(-1)).toBe('RDS-EVENT-0171 web-data: DB cluster deleted');
  });

  test.each([
    [
      { ...web },
      'InvalidParameterCombination',
      'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
    ],
    [
      { ...web, FinalDBSnapshotIdentifier: 's' },
      'InvalidParameterCombination',
      'The rehearsal has no snapshots: set SkipFinalSnapshot',
    ],
    [
      { ...web, FinalDBSnapshotIdentifier: 's', SkipFinalSnapshot: true },
      'InvalidParameterCombination',
      'FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is enabled.',
    ],
    [
      { DBClusterIdentifier: 'web-global-east', SkipFinalSnapshot: true },
      'InvalidDBClusterStateFault',
      'This cluster is a part of a global cluster, please remove it from globalcluster first',
    ],
  ])('DeleteDBCluster refuses %j', async (input, name, message) => {
    await expect(rds.call('DeleteDBCluster', input)).rejects.toMatchObject({ name, message });
  });

  test('refuses to delete a protected cluster, or an instance twice', async () => {
    await rds.call('ModifyDBCluster', { ...web, DeletionProtection: true });
    await rds.clock.advance(15_000);

    await expect(
      rds.call('DeleteDBCluster', { ...web, SkipFinalSnapshot: true }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
      message: 'Cannot delete protected Cluster, please disable deletion protection and try again.',
    });
    const DBInstanceIdentifier = 'web-data-3';
    await rds.call('DeleteDBInstance', { DBInstanceIdentifier });
    await expect(rds.call('DeleteDBInstance', { DBInstanceIdentifier })).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
    });
    await expect(
      rds.call('DeleteDBInstance', {
        DBInstanceIdentifier: 'web-data-2',
        FinalDBSnapshotIdentifier: 's',
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  });
});

describe('changing', () => {
  test('modifies a cluster for a while', async () => {
    const { DBCluster } = await rds.call('ModifyDBCluster', { ...web, BackupRetentionPeriod: 7 });
    expect(DBCluster).toMatchObject({ Status: 'modifying', BackupRetentionPeriod: 7 });
    await expect(rds.call('ModifyDBCluster', web)).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      message: 'DB cluster is not available for modification with status modifying',
    });

    await rds.clock.advance(15_000);

    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
  });

  test('changes whom a failover promotes', async () => {
    await rds.call('ModifyDBInstance', { DBInstanceIdentifier: 'web-data-3', PromotionTier: 0 });
    expect(await rds.instance('web-data-3')).toMatchObject({ DBInstanceStatus: 'modifying' });
    await rds.clock.advance(15_000);

    await rds.call('FailoverDBCluster', web);
    await rds.clock.advance(35_000);

    expect(await rds.writer('web-data')).toBe('web-data-3');
  });

  test('restarts an instance whose class changes', async () => {
    const input = { DBInstanceIdentifier: 'web-data-3', DBInstanceClass: 'db.r6g.xlarge' };
    await expect(rds.call('ModifyDBInstance', input)).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });

    await rds.call('ModifyDBInstance', { ...input, ApplyImmediately: true });
    await rds.clock.advance(15_000);

    expect(await rds.instance('web-data-3')).toMatchObject({ DBInstanceClass: 'db.r6g.xlarge' });
    expect(rds.said()).toEqual(['RDS-EVENT-0006 web-data-3: DB instance restarted']);
  });

  test.each([
    ['ModifyDBCluster', { ...web, EngineVersion: '18' }, 'InvalidParameterValue'],
    [
      'ModifyDBInstance',
      { DBInstanceIdentifier: 'web-data-3', MultiAZ: true },
      'InvalidParameterValue',
    ],
    [
      'ModifyDBInstance',
      { DBInstanceIdentifier: 'web-data-3', PromotionTier: 16 },
      'InvalidParameterValue',
    ],
    [
      'RebootDBInstance',
      { DBInstanceIdentifier: 'web-data-3', ForceFailover: true },
      'InvalidParameterCombination',
    ],
    ['StopDBCluster', { DBClusterIdentifier: 'web-global-east' }, 'InvalidDBClusterStateFault'],
  ])('%s refuses %j', async (action, input, name) => {
    await expect(rds.call(action, input)).rejects.toMatchObject({ name });
  });

  test('reboots an instance, and refuses to do so twice', async () => {
    const one = { DBInstanceIdentifier: 'web-data-1' };
    expect((await rds.call('RebootDBInstance', one))['DBInstance']).toMatchObject({
      DBInstanceStatus: 'rebooting',
    });
    await expect(rds.call('RebootDBInstance', one)).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
      message: 'Instance cannot currently reboot due to an in-progress management operation.',
    });
    await expect(rds.call('ModifyDBInstance', { ...one, PromotionTier: 2 })).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
    });

    await rds.clock.advance(20_000);

    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'available' });
    expect(await rds.writer('web-data')).toBe('web-data-1');
  });

  test('stops and starts a cluster', async () => {
    expect((await rds.call('StopDBCluster', web))['DBCluster']).toMatchObject({
      Status: 'stopping',
    });
    await expect(rds.call('StopDBCluster', web)).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      message: 'DbCluster web-data is in stopping state but expected it to be one of available.',
    });
    await rds.clock.advance(120_000);
    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'stopped' });
    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'stopped' });

    await rds.call('StartDBCluster', web);
    await rds.clock.advance(180_000);

    expect(await rds.cluster('web-data')).toMatchObject({ Status: 'available' });
    expect(await rds.instance('web-data-1')).toMatchObject({ DBInstanceStatus: 'available' });
    await expect(rds.call('StartDBCluster', web)).rejects.toMatchObject({
      message:
        'DbCluster web-data is in available state but expected it to be one of stopped,inaccessible-encryption-credentials-recoverable.',
    });
  });
});

describe('tags', () => {
  test.each([
    ['a cluster', clusterArn(EAST, 'web-data')],
    ['an instance', 'arn:aws:rds:us-east-1:123456789012:db:web-data-1'],
    ['a global cluster', 'arn:aws:rds::123456789012:global-cluster:web-global'],
  ])('are kept for %s', async (_name, ResourceName) => {
    const Tags = [
      { Key: 'team', Value: 'web' },
      { Key: 'tier', Value: 'data' },
    ];
    await rds.call('AddTagsToResource', { ResourceName, Tags });
    await rds.call('RemoveTagsFromResource', { ResourceName, TagKeys: ['tier'] });

    expect(await rds.call('ListTagsForResource', { ResourceName })).toEqual({
      TagList: [{ Key: 'team', Value: 'web' }],
    });
  });

  test('come with events', async () => {
    await rds.call('AddTagsToResource', {
      ResourceName: clusterArn(EAST, 'web-data'),
      Tags: [{ Key: 'team', Value: 'web' }],
    });
    await rds.call('FailoverDBCluster', web);

    expect(rds.published[0]?.detail).toMatchObject({ Tags: { team: 'web' } });
  });

  test('are refused for what is no ARN', async () => {
    await expect(
      rds.call('ListTagsForResource', { ResourceName: 'web-data' }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});
