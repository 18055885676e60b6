import { DBClusterNotFoundFault, InvalidDBClusterStateFault } from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { answeringClients, runWith } from '../test-clients.ts';
import { auroraCluster } from './aurora-cluster.ts';
import { isRefusal } from './step-kind.ts';

const step = { kind: 'aurora-cluster', cluster: 'web-data' };

let cluster: { status: string; writer: string };
let statuses: Record<string, string>;
let lagMs: number | undefined;

beforeEach(() => {
  cluster = { status: 'available', writer: 'web-data-1' };
  statuses = { 'web-data-1': 'available', 'web-data-2': 'available', 'web-data-3': 'available' };
  lagMs = 20;
});

const { clients, calls } = answeringClients({
  DescribeDBClusters: () => ({
    DBClusters: [
      {
        DBClusterIdentifier: 'web-data',
        Status: cluster.status,
        Engine: 'aurora-postgresql',
        DBClusterMembers: Object.keys(statuses).map((id, index) => ({
          DBInstanceIdentifier: id,
          IsClusterWriter: id === cluster.writer,
          DBClusterParameterGroupStatus: 'in-sync',
          PromotionTier: index,
        })),
      },
    ],
  }),
  DescribeDBInstances: () => ({
    DBInstances: Object.entries(statuses).map(([id, status], index) => ({
      DBInstanceIdentifier: id,
      DBInstanceStatus: status,
      DBInstanceClass: 'db.r6g.large',
      AvailabilityZone: `us-east-1${'abc'[index]}`,
    })),
  }),
  ListMetrics: () => ({
    Metrics:
      lagMs === undefined
        ? []
        : [{ Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'web-data-2' }] }],
  }),
  GetMetricStatistics: () => ({
    Datapoints: [
      { Timestamp: new Date('2026-11-22T09:28:00Z'), Maximum: 9_000 },
      { Timestamp: new Date('2026-11-22T09:29:00Z'), Maximum: lagMs },
    ],
  }),
  FailoverDBCluster: () => ({ DBCluster: { Status: 'available' } }),
});

const run = runWith(clients);

async function refusals(changes: object = {}, runChanges: object = {}): Promise<readonly string[]> {
  const here = { ...run, ...runChanges };
  const given = { ...step, ...changes };
  const { checks } = auroraCluster.judge(
    given,
    await auroraCluster.stateOf(given, here, 'judge'),
    here,
  );
  return checks.filter(isRefusal).map(({ name }) => name);
}

describe('auroraCluster.judge()', () => {
  test('decides for the best reader, and would call FailoverDBCluster with it', async () => {
    const state = await auroraCluster.stateOf(step, run, 'judge');

    const { decision, checks } = auroraCluster.judge(step, state, run);

    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(decision).toEqual({ target: 'web-data-2', oldWriter: 'web-data-1' });
    expect(auroraCluster.callsFor(step, decision, state, run)).toEqual([
      {
        service: 'rds',
        action: 'FailoverDBCluster',
        region: 'us-east-1',
        parameters: {
          DBClusterIdentifier: 'web-data',
          TargetDBInstanceIdentifier: 'web-data-2',
        },
      },
    ]);
  });

  test('chooses another reader where the best is not healthy', async () => {
    statuses['web-data-2'] = 'rebooting';

    const state = await auroraCluster.stateOf(step, run, 'judge');

    expect(auroraCluster.judge(step, state, run).decision).toMatchObject({ target: 'web-data-3' });
  });

  test('refuses a cluster without a healthy reader', async () => {
    statuses = { 'web-data-1': 'available', 'web-data-2': 'failed' };

    expect(await refusals()).toEqual(['reader-available']);
  });

  test('refuses a cluster that is busy', async () => {
    cluster.status = 'backing-up';

    expect(await refusals()).toEqual(['cluster-available']);
  });

  test('refuses a target that is the writer, is ill, or is no member', async () => {
    statuses['web-data-3'] = 'storage-full';

    expect(await refusals({ targetInstance: 'web-data-1' })).toEqual(['target-is-reader']);
    expect(await refusals({ targetInstance: 'web-data-3' })).toEqual(['target-available']);
    expect(await refusals({ targetInstance: 'other' })).toEqual([
      'target-is-member',
      'target-available',
    ]);
  });

  test('refuses to move the writer because a reader failed', async () => {
    expect(await refusals({}, { failedInstance: 'web-data-3' })).toEqual([
      'failed-instance-is-writer',
    ]);
    expect(await refusals({}, { failedInstance: 'web-data-1' })).toEqual([]);
  });

  test('refuses a reader that lags, unless the writer is lost', async () => {
    lagMs = 5_000;

    expect(await refusals()).toEqual(['replica-lag']);
    expect(await refusals({}, { mode: 'ungraceful' })).toEqual([]);
  });

  test('goes on where CloudWatch has no lag, and says so', async () => {
    lagMs = undefined;
    const state = await auroraCluster.stateOf(step, run, 'judge');

    const { checks } = auroraCluster.judge(step, state, run);

    expect(checks.filter(({ ok }) => !ok)).toEqual([
      {
        name: 'replica-lag',
        ok: false,
        level: 'advisory',
        detail: 'CloudWatch has no datapoint of it',
      },
    ]);
  });

  test('refuses a cluster that is not there', async () => {
    const { clients: none } = answeringClients({
      DescribeDBClusters: () => {
        throw new DBClusterNotFoundFault({
          message: 'DBCluster web-data not found',
          $metadata: {},
        });
      },
    });

    const state = await auroraCluster.stateOf(step, runWith(none), 'judge');

    expect(auroraCluster.judge(step, state, run)).toMatchObject({ decision: undefined });
    expect(auroraCluster.judge(step, state, run).checks[0]).toMatchObject({
      name: 'cluster-exists',
      ok: false,
    });
  });
});

describe('auroraCluster.progress()', () => {
  const decision = { target: 'web-data-2', oldWriter: 'web-data-1' };

  async function status(): Promise<string> {
    return auroraCluster.progress(step, decision, await auroraCluster.stateOf(step, run, 'watch'))
      .status;
  }

  test('is done only when the cluster is available, the writer is the target, and the target is available', async () => {
    expect(await status()).toBe('pending');
    cluster = { status: 'failing-over', writer: 'web-data-1' };
    expect(await status()).toBe('pending');
    cluster = { status: 'failing-over', writer: 'web-data-2' };
    expect(await status()).toBe('pending');
    cluster = { status: 'available', writer: 'web-data-2' };
    statuses['web-data-2'] = 'rebooting';
    expect(await status()).toBe('pending');
    statuses['web-data-2'] = 'available';
    expect(await status()).toBe('done');
  });

  test('fails where the target is gone', async () => {
    statuses = { 'web-data-1': 'available' };

    expect(await status()).toBe('failed');
  });

  test('asks CloudWatch for nothing while it watches', async () => {
    const before = calls.length;

    await status();

    expect(calls.slice(before).map(({ action }) => action)).toEqual([
      'DescribeDBClusters',
      'DescribeDBInstances',
    ]);
  });
});

describe('auroraCluster.callsFor()', () => {
  test('has nothing to call while it fails over, or when the target writes', async () => {
    const decision = { target: 'web-data-2', oldWriter: 'web-data-1' };
    cluster.status = 'failing-over';
    const moving = await auroraCluster.stateOf(step, run, 'watch');
    cluster = { status: 'available', writer: 'web-data-2' };
    const moved = await auroraCluster.stateOf(step, run, 'watch');

    expect(auroraCluster.callsFor(step, decision, moving, run)).toEqual([]);
    expect(auroraCluster.callsFor(step, decision, moved, run)).toEqual([]);
  });
});

describe('auroraCluster.reversal()', () => {
  test('never reverses a failover, and knows when there was none', async () => {
    const decision = { target: 'web-data-2', oldWriter: 'web-data-1' };
    const before = await auroraCluster.stateOf(step, run, 'judge');
    cluster.writer = 'web-data-2';
    const after = await auroraCluster.stateOf(step, run, 'watch');

    expect(auroraCluster.reversal(step, decision, before, before, run).kind).toBe('nothing');
    expect(auroraCluster.reversal(step, decision, before, after, run).kind).toBe('kept');
  });
});

describe('auroraCluster.perform()', () => {
  test('answers the id by which CloudTrail finds the call', async () => {
    const call = {
      service: 'rds',
      action: 'FailoverDBCluster',
      region: 'us-east-1',
      parameters: { DBClusterIdentifier: 'web-data', TargetDBInstanceIdentifier: 'web-data-2' },
    };

    expect(await auroraCluster.perform(call, run)).toMatch(/^request-\d+$/);
    expect(calls.at(-1)).toEqual({ action: 'FailoverDBCluster', input: call.parameters });
  });

  test('passes RDS’s own errors on', async () => {
    const { clients: busy } = answeringClients({
      FailoverDBCluster: () => {
        throw new InvalidDBClusterStateFault({ message: 'Busy', $metadata: {} });
      },
    });
    const call = {
      service: 'rds',
      action: 'FailoverDBCluster',
      region: 'us-east-1',
      parameters: { DBClusterIdentifier: 'a', TargetDBInstanceIdentifier: 'b' },
    };

    await expect(auroraCluster.perform(call, runWith(busy))).rejects.toMatchObject({
      name: 'InvalidDBClusterStateFault',
    });
  });
});
