import { beforeEach, describe, expect, test } from '@jest/globals';
import { answeringClients, runWith } from '../test-clients.ts';
import { autoScalingGroup } from './auto-scaling-group.ts';
import { isRefusal } from './step-kind.ts';

const step = { kind: 'auto-scaling-group', group: 'web-tier', desiredCapacity: 10 };
const raising = { ...step, mayRaiseMaxSize: true };

interface Instance {
  readonly LifecycleState: string;
  readonly HealthStatus: string;
}

let group: {
  MinSize: number;
  MaxSize: number;
  DesiredCapacity: number;
  Instances: Instance[];
  SuspendedProcesses: object[];
  AvailabilityZones: string[];
  Status?: string;
};
let activities: object[];
let usedVcpus: number | undefined;
let quota: number | undefined;

beforeEach(() => {
  group = {
    MinSize: 2,
    MaxSize: 12,
    DesiredCapacity: 2,
    Instances: instances(2),
    SuspendedProcesses: [],
    AvailabilityZones: ['us-east-1a', 'us-east-1b'],
  };
  activities = [];
  usedVcpus = undefined;
  quota = 1_000;
});

function instances(
  count: number,
  LifecycleState = 'InService',
  HealthStatus = 'Healthy',
): Instance[] {
  return Array.from({ length: count }, () => ({ LifecycleState, HealthStatus }));
}

const { clients, calls } = answeringClients({
  DescribeAutoScalingGroups: () => ({ AutoScalingGroups: [group] }),
  DescribeScalingActivities: () => ({ Activities: activities }),
  ListMetrics: () => ({ Metrics: usedVcpus === undefined ? [] : [{ Dimensions: [] }] }),
  GetMetricStatistics: () => ({
    Datapoints: [{ Timestamp: new Date('2026-11-22T09:29:00Z'), Maximum: usedVcpus }],
  }),
  GetServiceQuota: () => {
    if (quota === undefined) throw new Error('Access denied');
    return { Value: quota };
  },
  SetDesiredCapacity: () => ({}),
  UpdateAutoScalingGroup: () => ({}),
});
const run = runWith(clients, { startedAt: new Date('2026-11-22T09:29:50.500Z') });

function stateOf(purpose: 'judge' | 'watch' = 'watch', given: object = step): Promise<unknown> {
  return autoScalingGroup.stateOf(given, run, purpose);
}

async function refusals(given: object = step): Promise<readonly string[]> {
  const { checks } = autoScalingGroup.judge(given, await stateOf('judge', given), run);
  return checks.filter(isRefusal).map(({ name }) => name);
}

async function planned(given: object = step) {
  const state = await stateOf('judge', given);
  const { decision } = autoScalingGroup.judge(given, state, run);
  return { state, decision, calls: autoScalingGroup.callsFor(given, decision, state, run) };
}

describe('autoScalingGroup.judge()', () => {
  test('passes a group that is well, and would set its desired capacity', async () => {
    expect(await refusals()).toEqual([]);
    expect((await planned()).calls).toEqual([
      {
        service: 'autoscaling',
        action: 'SetDesiredCapacity',
        region: 'us-east-1',
        parameters: {
          AutoScalingGroupName: 'web-tier',
          DesiredCapacity: 10,
          HonorCooldown: false,
        },
      },
    ]);
  });

  test('refuses a MaxSize that is too small, unless it may be raised, and then raises it first', async () => {
    group.MaxSize = 6;

    expect(await refusals()).toEqual(['max-size']);
    expect(await refusals(raising)).toEqual([]);
    expect((await planned(raising)).calls).toMatchObject([
      { action: 'UpdateAutoScalingGroup', parameters: { MaxSize: 10 } },
      { action: 'SetDesiredCapacity', parameters: { DesiredCapacity: 10 } },
    ]);
  });

  test('never scales in: a group that has more keeps it', async () => {
    group.DesiredCapacity = 12;

    const { decision, calls: wanted } = await planned();

    expect(decision).toEqual({ desiredCapacity: 12, maxSize: 12 });
    expect(wanted).toEqual([]);
  });

  test.each(['Launch', 'AddToLoadBalancer'])(
    'refuses while %s is suspended',
    async (ProcessName) => {
      group.SuspendedProcesses = [{ ProcessName, SuspensionReason: 'User suspended' }];

      expect(await refusals()).toEqual(['processes-run']);
    },
  );

  test('refuses a group that is being deleted, has no zone, or is not there', async () => {
    group.Status = 'Delete in progress';
    group.AvailabilityZones = [];
    expect(await refusals()).toEqual(['group-not-deleting', 'zones-enabled']);

    const { clients: none } = answeringClients({
      DescribeAutoScalingGroups: () => ({ AutoScalingGroups: [] }),
    });
    const state = await autoScalingGroup.stateOf(step, runWith(none), 'judge');
    const { checks, decision } = autoScalingGroup.judge(step, state, run);
    expect(checks.find(isRefusal)?.name).toBe('group-exists');
    expect(decision).toBeUndefined();
  });

  test('refuses what the account’s quota of vCPUs does not hold', async () => {
    const vcpus = { perInstance: 2 };
    quota = 20;

    expect(await refusals({ ...step, vcpus })).toEqual([]);
    usedVcpus = 5;
    expect(await refusals({ ...step, vcpus })).toEqual(['vcpu-quota']);
    expect(await refusals({ ...step, vcpus: { ...vcpus, quota: 21 } })).toEqual([]);
    expect(calls.filter(({ action }) => action === 'GetServiceQuota')[0]?.input).toEqual({
      region: 'us-east-1',
      ServiceCode: 'ec2',
      QuotaCode: 'L-1216C47A',
    });
  });

  test('warns of a quota that cannot be told, and acts all the same', async () => {
    quota = undefined;
    const vcpus = { perInstance: 2 };
    const state = await stateOf('judge', { ...step, vcpus });

    const { checks } = autoScalingGroup.judge({ ...step, vcpus }, state, run);

    expect(checks.find(({ name }) => name === 'vcpu-quota')).toEqual({
      name: 'vcpu-quota',
      ok: false,
      level: 'advisory',
      detail: '4 vCPUs used by the group alone, 16 more wanted, quota not known: Access denied',
    });
  });
});

describe('autoScalingGroup.progress()', () => {
  const decision = { desiredCapacity: 10, maxSize: 12 };

  test('is done when as many as wanted are in service and healthy, not when they are wanted', async () => {
    group.DesiredCapacity = 10;
    group.Instances = [
      ...instances(9),
      ...instances(1, 'Pending'),
      ...instances(3, 'InService', 'Unhealthy'),
    ];
    expect(autoScalingGroup.progress(step, decision, await stateOf()).status).toBe('pending');

    group.Instances = instances(10);
    expect(autoScalingGroup.progress(step, decision, await stateOf()).status).toBe('done');
  });

  test('tells why launches fail, once each, and only those since it began', async () => {
    const failed = (StartTime: string, StatusMessage: string) => ({
      StatusCode: 'Failed',
      StartTime: new Date(StartTime),
      StatusMessage,
    });
    activities = [
      failed('2026-11-22T09:29:50Z', 'We currently do not have sufficient t3.large capacity'),
      failed('2026-11-22T09:29:55Z', 'We currently do not have sufficient t3.large capacity'),
      failed('2026-11-22T09:20:00Z', 'Of an earlier time'),
      { StatusCode: 'Successful', StartTime: new Date('2026-11-22T09:29:55Z') },
    ];

    const { status, detail } = autoScalingGroup.progress(step, decision, await stateOf());

    expect(status).toBe('pending');
    expect(detail).toBe(
      '2 of 10 instances in service and healthy, 2 alive, desired 2; failed: We currently do not have sufficient t3.large capacity',
    );
  });
});

describe('autoScalingGroup.reversal()', () => {
  const decision = { desiredCapacity: 10, maxSize: 10 };

  async function reversal(change: () => void) {
    group.MaxSize = 6;
    const before = await stateOf('judge', raising);
    group.MaxSize = 10;
    group.DesiredCapacity = 10;
    change();
    return autoScalingGroup.reversal(raising, decision, before, await stateOf(), run);
  }

  test('goes back all the way where nothing was launched', async () => {
    expect(await reversal(() => undefined)).toMatchObject({
      kind: 'calls',
      calls: [
        {
          action: 'UpdateAutoScalingGroup',
          parameters: { AutoScalingGroupName: 'web-tier', DesiredCapacity: 2, MaxSize: 6 },
        },
      ],
    });
  });

  test('keeps every instance that lives, and gives up only the launches that never came', async () => {
    const { kind, ...rest } = await reversal(() => {
      group.Instances = [...instances(5), ...instances(3, 'Pending:Wait')];
    });

    expect(kind).toBe('calls');
    expect(rest).toMatchObject({ calls: [{ parameters: { DesiredCapacity: 8, MaxSize: 8 } }] });
  });

  test('changes nothing where all of them live', async () => {
    const { kind } = await reversal(() => {
      group.Instances = instances(10);
    });

    expect(kind).toBe('undone');
  });

  test('leaves alone what somebody else has changed since', async () => {
    const { kind } = await reversal(() => {
      group.DesiredCapacity = 11;
      group.MaxSize = 20;
    });

    expect(kind).toBe('undone');
  });

  test('is undone once its call was made', async () => {
    const { kind } = await reversal(() => {
      group.DesiredCapacity = 2;
      group.MaxSize = 6;
    });

    expect(kind).toBe('undone');
  });
});

describe('autoScalingGroup.perform()', () => {
  test('sends what was planned, and nothing else', async () => {
    group.MaxSize = 6;
    const wanted = (await planned(raising)).calls;
    const before = calls.length;

    for (const call of wanted) await autoScalingGroup.perform(call, run);

    expect(calls.slice(before)).toEqual([
      {
        action: 'UpdateAutoScalingGroup',
        input: { AutoScalingGroupName: 'web-tier', DesiredCapacity: undefined, MaxSize: 10 },
      },
      {
        action: 'SetDesiredCapacity',
        input: { AutoScalingGroupName: 'web-tier', DesiredCapacity: 10, HonorCooldown: false },
      },
    ]);
  });
});
