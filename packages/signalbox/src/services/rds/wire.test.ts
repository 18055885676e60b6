import {
  CreateDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  DescribeGlobalClustersCommand,
  FailoverDBClusterCommand,
  FailoverGlobalClusterCommand,
  InvalidDBInstanceStateFault,
  RDSClient,
  SwitchoverGlobalClusterCommand,
} from '@aws-sdk/client-rds';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { clientOptions, startTestEndpoint } from '../../endpoint/endpoint-under-test.ts';
import { clusterArn, createRdsUnderTest, EAST, RDS_SECTION, WEST } from './rds-under-test.ts';

const rds = createRdsUnderTest();
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let east: RDSClient;
let west: RDSClient;

beforeAll(async () => {
  endpoint = await startTestEndpoint([rds.service]);
  east = new RDSClient({ ...clientOptions(endpoint.url), region: EAST });
  west = new RDSClient({ ...clientOptions(endpoint.url), region: WEST });
});

beforeEach(() => rds.simulated.seed(RDS_SECTION));

afterEach(() => expect(endpoint.bugs).toEqual([]));

afterAll(() => endpoint.close());

const DBClusterIdentifier = 'web-data';
const GlobalClusterIdentifier = 'web-global';
const TargetDbClusterIdentifier = clusterArn(EAST, 'web-global-east');

describe('the SDK’s client', () => {
  test('reads clusters, instances, events and global clusters', async () => {
    const started = await east.send(new FailoverDBClusterCommand({ DBClusterIdentifier }));
    const clusters = await east.send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
    const Filters = [{ Name: 'db-cluster-id', Values: [DBClusterIdentifier] }];
    const instances = await east.send(new DescribeDBInstancesCommand({ Filters }));
    const events = await east.send(new DescribeEventsCommand({ Duration: 60 }));
    const globals = await east.send(new DescribeGlobalClustersCommand({}));

    expect(started.DBCluster?.Status).toBe('failing-over');
    expect(clusters.DBClusters?.[0]?.DBClusterMembers).toHaveLength(3);
    expect(clusters.DBClusters?.[0]?.ClusterCreateTime).toEqual(
      new Date('2025-12-06T10:00:00.000Z'),
    );
    expect(instances.DBInstances?.map(({ DBInstanceStatus }) => DBInstanceStatus)).toEqual([
      'rebooting',
      'available',
      'available',
    ]);
    expect(events.Events?.map(({ Message }) => Message)).toEqual([
      'Started cross AZ failover to DB instance: web-data-2',
      'DB instance shutdown',
    ]);
    expect(globals.GlobalClusters?.[0]?.GlobalClusterMembers).toMatchObject([
      { IsWriter: true, SynchronizationStatus: 'connected', Readers: [TargetDbClusterIdentifier] },
      { IsWriter: false },
    ]);
  });

  test('reads a state that its own model does not list', async () => {
    const input = { GlobalClusterIdentifier, TargetDbClusterIdentifier };
    await east.send(new SwitchoverGlobalClusterCommand(input));
    await rds.clock.advance(5_000);

    const { GlobalClusters } = await east.send(new DescribeGlobalClustersCommand({}));

    expect(GlobalClusters?.[0]?.FailoverState).toEqual({
      Status: 'switching-over',
      FromDbClusterArn: clusterArn(WEST, 'web-global-west'),
      ToDbClusterArn: TargetDbClusterIdentifier,
      IsDataLossAllowed: false,
    });
  });

  test('asks the Region of its signature', async () => {
    rds.breaks('region-database', WEST);

    await expect(west.send(new DescribeDBClustersCommand({}))).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
    expect((await east.send(new DescribeDBClustersCommand({}))).DBClusters).toHaveLength(2);
  });

  test('knows a state fault of a cluster', async () => {
    rds.breaks('cluster-busy');

    const refused = east.send(new FailoverDBClusterCommand({ DBClusterIdentifier }));

    await expect(refused).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('calls the wire’s InvalidDBInstanceState a fault', async () => {
    const input = { DBClusterIdentifier, TargetDBInstanceIdentifier: 'web-data-1' };
    const refused = east.send(new FailoverDBClusterCommand(input));

    await expect(refused).rejects.toBeInstanceOf(InvalidDBInstanceStateFault);
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
      Code: 'InvalidDBInstanceState',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test.each([
    [
      'DBClusterNotFoundFault',
      404,
      () => east.send(new DescribeDBClustersCommand({ DBClusterIdentifier: 'none' })),
    ],
    [
      'DBInstanceNotFoundFault',
      404,
      () => east.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'none' })),
    ],
    [
      'GlobalClusterNotFoundFault',
      404,
      () => east.send(new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: 'none' })),
    ],
    [
      'InvalidGlobalClusterStateFault',
      400,
      async () => {
        rds.breaks('region-database', WEST);
        const input = { GlobalClusterIdentifier, TargetDbClusterIdentifier };
        await east.send(new SwitchoverGlobalClusterCommand(input));
      },
    ],
    [
      'DBInstanceAlreadyExistsFault',
      400,
      () =>
        east.send(
          new CreateDBInstanceCommand({
            DBInstanceIdentifier: 'web-data-1',
            DBInstanceClass: 'db.r6g.large',
            Engine: 'aurora-postgresql',
          }),
        ),
    ],
    [
      'InvalidParameterCombination',
      400,
      () =>
        east.send(
          new FailoverGlobalClusterCommand({
            GlobalClusterIdentifier,
            TargetDbClusterIdentifier,
            AllowDataLoss: true,
            Switchover: true,
          }),
        ),
    ],
    [
      'InvalidParameterValue',
      400,
      () => east.send(new DescribeDBClustersCommand({ MaxRecords: 5 })),
    ],
  ])('knows %s', async (name, status, send) => {
    await expect(send()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  });

  test('is throttled in a way that it would retry', async () => {
    rds.breaks('failover-throttled', '1');
    const patient = new RDSClient({ ...clientOptions(endpoint.url), region: EAST, maxAttempts: 2 });

    const { DBCluster, $metadata } = await patient.send(
      new FailoverDBClusterCommand({ DBClusterIdentifier }),
    );

    expect(DBCluster?.Status).toBe('failing-over');
    expect($metadata.attempts).toBe(2);
  });
});
