import { InvalidDBClusterStateFault } from '@aws-sdk/client-rds';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { auroraCluster } from '../steps/aurora-cluster.ts';
import type { SentCall } from '../steps/step-kind.ts';
import { type Answers, answeringClients, runWith } from '../test-clients.ts';
import type { Before } from '../trail.ts';
import { startStep, type Trail } from './start-step.ts';

const step = {
  stepId: '1-1',
  kind: 'aurora-cluster',
  cluster: 'web-data',
  timeoutSeconds: 600,
  waitSeconds: 5,
};

let cluster: { status: string; writer: string };
let entry: Before | undefined;
let called: SentCall[];
let deeds: string[];
let isClosing: boolean;
let writerStatus: string;

beforeEach(() => {
  isClosing = false;
  writerStatus = 'available';
  cluster = { status: 'available', writer: 'web-data-1' };
  entry = undefined;
  called = [];
  deeds = [];
});

const trail: Trail = {
  readBefore: async () => entry,
  async appendBefore(before) {
    deeds.push('before is written');
    entry ??= before;
    return entry;
  },
  async appendCalled(calls) {
    called.push(...calls);
  },
  isClosing: async () => isClosing,
};

function rds(failover: () => object): Answers {
  return {
    DescribeDBClusters: () => ({
      DBClusters: [
        {
          Status: cluster.status,
          Engine: 'aurora-mysql',
          DBClusterMembers: ['web-data-1', 'web-data-2', 'web-data-3'].map((id, PromotionTier) => ({
            DBInstanceIdentifier: id,
            IsClusterWriter: id === cluster.writer,
            PromotionTier,
          })),
        },
      ],
    }),
    DescribeDBInstances: () => ({
      DBInstances: ['web-data-1', 'web-data-2', 'web-data-3'].map((id) => ({
        DBInstanceIdentifier: id,
        DBInstanceStatus: id === cluster.writer ? writerStatus : 'available',
      })),
    }),
    ListMetrics: () => ({ Metrics: [] }),
    FailoverDBCluster: () => {
      deeds.push('the call is made');
      return failover();
    },
  };
}

function busy(): never {
  throw new InvalidDBClusterStateFault({ message: 'DB cluster is not available', $metadata: {} });
}

function start(failover: () => object = () => ({})) {
  return startStep(auroraCluster, step, runWith(answeringClients(rds(failover)).clients), trail);
}

/** The same for a run that the alarm `database-down` started, which is now in that state. */
function startByAlarm(StateValue: string, stepId = '1-1') {
  const { clients } = answeringClients({
    ...rds(() => ({})),
    DescribeAlarms: () => ({ MetricAlarms: [{ AlarmName: 'database-down', StateValue }] }),
  });
  const run = runWith(clients, { mode: 'ungraceful', alarm: 'database-down', isUnattended: true });
  return startStep(auroraCluster, { ...step, stepId }, run, trail);
}

describe('an automatic run', () => {
  test('moves no writer that works, though the alarm rings', async () => {
    await expect(startByAlarm('ALARM')).rejects.toThrow(
      'Step 1-1 can no longer start: writer-unavailable: The writer web-data-1 is available',
    );
    expect(deeds).toEqual([]);
  });

  test('begins nothing once the alarm is silent', async () => {
    writerStatus = 'failed';

    await expect(startByAlarm('OK')).rejects.toThrow(
      'Step 1-1 can no longer start: alarm-stands: The alarm database-down is OK',
    );
    expect(deeds).toEqual([]);
  });

  test('moves a writer that is down while the alarm rings', async () => {
    writerStatus = 'failed';

    expect(await startByAlarm('ALARM')).toMatchObject({ status: 'pending' });
    expect(deeds).toEqual(['before is written', 'the call is made']);
  });

  test('asks no alarm in a later wave, which the run itself may have calmed', async () => {
    writerStatus = 'failed';

    expect(await startByAlarm('OK', '2-1')).toMatchObject({ status: 'pending' });
  });
});

describe('startStep()', () => {
  test('calls nothing once the end of its run is being written down', async () => {
    isClosing = true;

    await expect(start()).rejects.toThrow('The run has ended before step 1-1 called anything');
    expect(deeds).toEqual(['before is written']);
    expect(called).toEqual([]);
  });

  test('writes down what is there before it calls', async () => {
    const started = await start();

    expect(started).toMatchObject({ stepId: '1-1', status: 'pending' });
    expect(deeds).toEqual(['before is written', 'the call is made']);
    expect(entry).toMatchObject({
      at: '2026-11-22T09:30:00.000Z',
      before: { cluster: { status: 'available' } },
      decision: { target: 'web-data-2', oldWriter: 'web-data-1' },
      calls: [{ action: 'FailoverDBCluster' }],
    });
    expect(called).toMatchObject([{ action: 'FailoverDBCluster' }]);
  });

  test('whose answer was lost goes by its first decision, and fails over only once', async () => {
    await start();
    cluster.writer = 'web-data-2';
    deeds = [];

    const again = await start();

    expect(again).toMatchObject({ status: 'done', calls: [] });
    expect(deeds).toEqual([]);
  });

  test('goes on to observe while its own failover is under way', async () => {
    await start();
    cluster.status = 'failing-over';

    expect(await start(busy)).toMatchObject({ status: 'pending', calls: [] });
  });

  test('goes on to observe where RDS is busy with what it just asked for', async () => {
    const started = await start(() => {
      cluster.status = 'failing-over';
      return busy();
    });

    expect(started.status).toBe('pending');
    expect(called).toMatchObject([{ requestId: 'under way before this call' }]);
  });

  test('is refused where RDS is busy with something else', async () => {
    const refused = start(() => {
      cluster.status = 'backing-up';
      return busy();
    });

    await expect(refused).rejects.toMatchObject({
      name: 'StepRefusedError',
      message: 'FailoverDBCluster was refused: DB cluster is not available',
    });
  });

  test('does nothing where the pre-conditions no longer hold', async () => {
    cluster.status = 'maintenance';

    await expect(start()).rejects.toMatchObject({
      name: 'StepRefusedError',
      message: 'Step 1-1 can no longer start: cluster-available: Status maintenance',
    });
    expect(deeds).toEqual([]);
  });

  test('passes any other error on', async () => {
    const failing = start(() => {
      throw new Error('Throttling');
    });

    await expect(failing).rejects.toThrow('Throttling');
    expect(called).toEqual([]);
  });
});
