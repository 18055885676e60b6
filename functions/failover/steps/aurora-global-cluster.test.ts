import { GlobalClusterNotFoundFault } from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { answeringClients, runWith } from '../test-clients.ts';
import { auroraGlobalCluster } from './aurora-global-cluster.ts';
import { isRefusal, type Mode } from './step-kind.ts';

const EAST = 'arn:aws:rds:us-east-1:123456789012:cluster:web-global-east';
const WEST = 'arn:aws:rds:us-west-2:123456789012:cluster:web-global-west';
const step = { kind: 'aurora-global-cluster', globalCluster: 'web-global', targetCluster: EAST };

let writer: string;
let status: string;
let failoverStatus: string | undefined;
let synchronization: string;
let writerInstance: string | undefined;
let lagMs: number | undefined;

beforeEach(() => {
  writer = WEST;
  status = 'available';
  failoverStatus = undefined;
  synchronization = 'connected';
  writerInstance = undefined;
  lagMs = 400;
});

const { clients, calls } = answeringClients({
  DescribeGlobalClusters: () => ({
    GlobalClusters: [
      {
        GlobalClusterIdentifier: 'web-global',
        Status: status,
        ...(failoverStatus === undefined ? {} : { FailoverState: { Status: failoverStatus } }),
        GlobalClusterMembers: [WEST, EAST].map((arn) => ({
          DBClusterArn: arn,
          IsWriter: arn === writer,
          ...(arn === writer ? {} : { SynchronizationStatus: synchronization }),
        })),
      },
    ],
  }),
  DescribeDBClusters: () => ({
    DBClusters: [
      {
        Status: 'available',
        Engine: 'aurora-postgresql',
        DBClusterMembers: ['web-global-east-1', 'web-global-east-2'].map((id) => ({
          DBInstanceIdentifier: id,
          IsClusterWriter: id === writerInstance,
          PromotionTier: 1,
        })),
      },
    ],
  }),
  DescribeDBInstances: () => ({
    DBInstances: ['web-global-east-1', 'web-global-east-2'].map((id) => ({
      DBInstanceIdentifier: id,
      DBInstanceStatus: 'available',
    })),
  }),
  ListMetrics: () => ({
    Metrics: [
      {
        Dimensions: [
          { Name: 'DBClusterIdentifier', Value: 'web-global-east' },
          { Name: 'SourceRegion', Value: 'us-west-2' },
        ],
      },
    ],
  }),
  GetMetricStatistics: () => ({
    Datapoints:
      lagMs === undefined ? [] : [{ Timestamp: new Date('2026-11-22T09:29:00Z'), Maximum: lagMs }],
  }),
  SwitchoverGlobalCluster: () => ({}),
  FailoverGlobalCluster: () => ({}),
});

const run = runWith(clients);
const lost = runWith(clients, { mode: 'ungraceful' });
const decision = { target: EAST, oldWriter: WEST };

async function refusals(mode: Mode): Promise<readonly string[]> {
  const here = { ...run, mode };
  const { checks } = auroraGlobalCluster.judge(
    step,
    await auroraGlobalCluster.stateOf(step, here, 'judge'),
    here,
  );
  return checks.filter(isRefusal).map(({ name }) => name);
}

describe('auroraGlobalCluster', () => {
  test('locks the global cluster and its member here', () => {
    expect(auroraGlobalCluster.targetsOf(step, 'us-east-1')).toEqual([
      'aurora-global:web-global',
      'aurora:us-east-1:web-global-east',
    ]);
  });

  test('switches over when graceful, and fails over with data loss allowed when not', async () => {
    const state = await auroraGlobalCluster.stateOf(step, run, 'judge');
    const names = { GlobalClusterIdentifier: 'web-global', TargetDbClusterIdentifier: EAST };

    expect(auroraGlobalCluster.callsFor(step, decision, state, run)).toMatchObject([
      { action: 'SwitchoverGlobalCluster', region: 'us-east-1', parameters: names },
    ]);
    const [failover] = auroraGlobalCluster.callsFor(step, decision, state, lost);
    expect(failover).toMatchObject({
      action: 'FailoverGlobalCluster',
      parameters: { ...names, AllowDataLoss: true },
    });
    await auroraGlobalCluster.perform(failover!, lost);
    expect(calls.at(-1)).toEqual({
      action: 'FailoverGlobalCluster',
      input: { ...names, AllowDataLoss: true },
    });
  });

  test('passes its checks when all is well', async () => {
    expect(await refusals('graceful')).toEqual([]);
    expect(await refusals('ungraceful')).toEqual([]);
  });

  test('wants health for a switchover that a lost Region cannot have', async () => {
    status = 'modifying';
    synchronization = 'pending-resync';
    lagMs = 600_000;

    expect(await refusals('graceful')).toEqual([
      'global-cluster-available',
      'target-is-connected',
      'replication-lag',
    ]);
    expect(await refusals('ungraceful')).toEqual([]);
  });

  test('refuses while another failover is under way', async () => {
    failoverStatus = 'switching-over';
    expect(await refusals('ungraceful')).toEqual(['nothing-under-way']);
  });

  test('has nothing to do, to warn of or to lose where the primary is here already', async () => {
    writer = EAST;
    writerInstance = 'web-global-east-1';
    lagMs = 600_000;
    for (const here of [run, lost]) {
      const state = await auroraGlobalCluster.stateOf(step, here, 'judge');
      const { checks, decision: decided } = auroraGlobalCluster.judge(step, state, here);

      expect(checks.filter(({ ok }) => !ok)).toEqual([]);
      expect(auroraGlobalCluster.callsFor(step, decided, state, here)).toEqual([]);
      expect(auroraGlobalCluster.progress(step, decided, state).status).toBe('done');
      expect(auroraGlobalCluster.recoveryPointSeconds(state, here)).toBe(0);
      expect(auroraGlobalCluster.reversal(step, decided, state, state, here).kind).toBe('nothing');
    }
  });

  test('goes on where the primary is here and the Region that was left is not well', async () => {
    writer = EAST;
    status = 'modifying';

    expect(await refusals('graceful')).toEqual([]);
  });

  test('refuses a global cluster that is not there', async () => {
    const { clients: none } = answeringClients({
      DescribeGlobalClusters: () => {
        throw new GlobalClusterNotFoundFault({ message: 'No', $metadata: {} });
      },
      DescribeDBClusters: () => ({ DBClusters: [] }),
      ListMetrics: () => ({}),
    });
    const state = await auroraGlobalCluster.stateOf(step, runWith(none), 'judge');

    expect(auroraGlobalCluster.judge(step, state, run).checks.find(isRefusal)?.name).toBe(
      'global-cluster-exists',
    );
  });

  test('is done when the target is primary, nothing is under way and its writer is up', async () => {
    const status = async () =>
      auroraGlobalCluster.progress(
        step,
        decision,
        await auroraGlobalCluster.stateOf(step, run, 'watch'),
      ).status;

    expect(await status()).toBe('pending');
    writer = EAST;
    failoverStatus = 'failing-over';
    expect(await status()).toBe('pending');
    failoverStatus = undefined;
    expect(await status()).toBe('pending');
    writerInstance = 'web-global-east-1';
    expect(await status()).toBe('done');
  });

  test('has lost nothing by a switchover, its lag by a failover, and nobody knows without a lag', async () => {
    const known = await auroraGlobalCluster.stateOf(step, run, 'judge');
    lagMs = undefined;
    const unknown = await auroraGlobalCluster.stateOf(step, run, 'judge');

    expect(auroraGlobalCluster.recoveryPointSeconds(known, run)).toBe(0);
    expect(auroraGlobalCluster.recoveryPointSeconds(known, lost)).toBe(0.4);
    expect(auroraGlobalCluster.recoveryPointSeconds(unknown, lost)).toBeNull();
  });

  test('is never reversed by itself', async () => {
    const before = await auroraGlobalCluster.stateOf(step, run, 'judge');
    writer = EAST;
    const after = await auroraGlobalCluster.stateOf(step, run, 'watch');

    expect(auroraGlobalCluster.reversal(step, decision, before, before, run).kind).toBe('nothing');
    expect(auroraGlobalCluster.reversal(step, decision, before, after, run).kind).toBe('kept');
  });
});
