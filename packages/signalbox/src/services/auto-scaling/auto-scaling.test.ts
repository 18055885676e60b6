import {
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeScalingActivitiesCommand,
  DisableMetricsCollectionCommand,
  EnableMetricsCollectionCommand,
  ResumeProcessesCommand,
  SetDesiredCapacityCommand,
  SetInstanceHealthCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NAME, startAutoScaling } from './auto-scaling-under-test.ts';

let t: Awaited<ReturnType<typeof startAutoScaling>>;

beforeEach(async () => {
  t = await startAutoScaling();
});

afterEach(async () => {
  await t.endpoint.close();
  expect(t.endpoint.bugs).toEqual([]);
});

const setDesired = (DesiredCapacity: number, more: object = {}, client = t.client) =>
  client.send(
    new SetDesiredCapacityCommand({ AutoScalingGroupName: NAME, DesiredCapacity, ...more }),
  );

const update = (more: object) =>
  t.client.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: NAME, ...more }));

async function anInstance(): Promise<string> {
  const { Instances } = await t.group();
  return Instances?.[0]?.InstanceId ?? '';
}

describe('DescribeAutoScalingGroups', () => {
  test('describes a group as AWS does', async () => {
    expect(await t.group()).toMatchObject({
      AutoScalingGroupName: NAME,
      AutoScalingGroupARN: expect.stringMatching(
        /^arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/web-tier$/,
      ),
      MinSize: 2,
      MaxSize: 6,
      DesiredCapacity: 2,
      DefaultCooldown: 300,
      AvailabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      HealthCheckType: 'ELB',
      Instances: [
        {
          InstanceId: expect.stringMatching(/^i-0[0-9a-f]{16}$/),
          AvailabilityZone: 'us-east-1a',
          LifecycleState: 'InService',
          HealthStatus: 'Healthy',
          ProtectedFromScaleIn: false,
        },
        { AvailabilityZone: 'us-east-1b' },
      ],
      SuspendedProcesses: [],
    });
  });

  test('returns an empty list for a name that nobody has', async () => {
    const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['none'] });

    expect((await t.client.send(command)).AutoScalingGroups).toEqual([]);
  });

  test('pages through the groups', async () => {
    const command = new DescribeAutoScalingGroupsCommand({ MaxRecords: 1 });
    const first = await t.client.send(command);
    const { NextToken } = first;
    const second = await t.client.send(
      new DescribeAutoScalingGroupsCommand({ MaxRecords: 1, NextToken }),
    );

    expect(first.AutoScalingGroups).toMatchObject([{ AutoScalingGroupName: 'batch' }]);
    expect(second.AutoScalingGroups).toMatchObject([{ AutoScalingGroupName: NAME }]);
    expect(second.NextToken).toBeUndefined();
  });

  test.each([
    [{ MaxRecords: 101 }, 'ValidationError'],
    [{ NextToken: 'mine' }, 'InvalidNextToken'],
    [{ Filters: [{ Name: 'tag-key', Values: ['a'] }] }, 'ValidationError'],
  ])('refuses %j', async (input, name) => {
    const refused = t.client.send(new DescribeAutoScalingGroupsCommand(input));

    await expect(refused).rejects.toMatchObject({ name });
  });

  test('is a second behind the group', async () => {
    await t.clock.advance(60_000);
    await setDesired(4);
    const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [NAME] });

    await t.clock.advance(999);
    const before = await t.client.send(command);
    await t.clock.advance(1);
    const after = await t.client.send(command);

    expect(before.AutoScalingGroups).toMatchObject([{ DesiredCapacity: 2 }]);
    expect(after.AutoScalingGroups).toMatchObject([{ DesiredCapacity: 4 }]);
  });

  test('keeps Regions apart', async () => {
    const western = t.clientOf('us-west-2');
    await setDesired(8, {}, western);

    expect(await t.group(NAME, western)).toMatchObject({ DesiredCapacity: 8, MaxSize: 12 });
    expect(await t.group()).toMatchObject({ DesiredCapacity: 2 });
  });
});

describe('SetDesiredCapacity', () => {
  test('launches what is missing, balanced over the zones, InService after a while', async () => {
    await setDesired(5);

    await t.clock.advance(4_000);
    expect(await t.states()).toEqual(['InService', 'InService', 'Pending', 'Pending', 'Pending']);
    await t.clock.advance(60_000);

    const { Instances = [] } = await t.group();
    expect(Instances.every(({ LifecycleState: state }) => state === 'InService')).toBe(true);
    const zones = Instances.map(({ AvailabilityZone: zone }) => zone?.at(-1)).sort();
    expect(zones).toEqual(['a', 'a', 'b', 'b', 'c']);
    expect(t.clock.pending()).toBe(0);
  });

  test('launches many at a rate', async () => {
    const more = { AutoScalingGroupName: 'batch' };
    await setDesired(12, more);

    await t.clock.advance(4_000);
    expect(await t.states('batch')).toHaveLength(5);
    await t.clock.advance(5_000);
    expect(await t.states('batch')).toHaveLength(10);
    await t.clock.advance(5_000);
    expect(await t.states('batch')).toHaveLength(12);
  });

  test('takes the oldest of the fullest zones away', async () => {
    await setDesired(5);
    await t.clock.advance(70_000);
    const oldest = await anInstance();

    await setDesired(4);
    await t.clock.advance(4_000);

    const { Instances = [] } = await t.group();
    const leaving = Instances.filter(({ LifecycleState: state }) => state === 'Terminating');
    expect(leaving).toMatchObject([{ InstanceId: oldest }]);
    await t.clock.advance(30_000);
    expect(await t.states()).toEqual(['InService', 'InService', 'InService', 'InService']);
  });

  test.each([
    [10, 'New SetDesiredCapacity value 10 is above max value 6 for the AutoScalingGroup.'],
    [1, 'New SetDesiredCapacity value 1 is below min value 2 for the AutoScalingGroup.'],
  ])('refuses %d out of bounds', async (desired, message) => {
    await expect(setDesired(desired)).rejects.toMatchObject({
      name: 'ValidationError',
      message,
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('refuses a group that is not there', async () => {
    await expect(setDesired(1, { AutoScalingGroupName: 'none' })).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'AutoScalingGroup name not found - AutoScalingGroup: none not found',
    });
  });

  test('honours the cooldown where it is asked to, until it is over', async () => {
    await setDesired(3, { HonorCooldown: true });
    await t.clock.advance(5_000);
    const refusal = {
      name: 'ScalingActivityInProgressFault',
      message: expect.stringMatching(
        /^Scaling activity [0-9a-f-]{36} is in progress and blocks this action$/,
      ),
      $fault: 'client',
    };
    await expect(setDesired(4, { HonorCooldown: true })).rejects.toMatchObject(refusal);

    await t.clock.advance(60_000 + 290_000);
    await expect(setDesired(4, { HonorCooldown: true })).rejects.toMatchObject(refusal);
    await t.clock.advance(10_000);

    await expect(setDesired(4, { HonorCooldown: true })).resolves.toBeDefined();
    await expect(setDesired(5)).resolves.toBeDefined();
  });
});

describe('UpdateAutoScalingGroup', () => {
  test.each([
    [
      { MaxSize: 12, DesiredCapacity: 10 },
      { MaxSize: 12, DesiredCapacity: 10 },
    ],
    [{ MinSize: 4 }, { MinSize: 4, DesiredCapacity: 4 }],
    [
      { MinSize: 0, MaxSize: 1 },
      { MaxSize: 1, DesiredCapacity: 1 },
    ],
    [{ DefaultCooldown: 10 }, { DefaultCooldown: 10, DesiredCapacity: 2 }],
  ])('takes %j', async (input, changed) => {
    await update(input);

    expect(await t.group()).toMatchObject(changed);
  });

  test.each([
    [
      { DesiredCapacity: 7 },
      'Desired capacity:7 must be between the specified min size:2 and max size:6',
    ],
    [{ MinSize: 9 }, 'Max bound, 6, must be greater than or equal to min bound, 9'],
    [{ VPCZoneIdentifier: 'subnet-1' }, 'The rehearsal has no change of VPCZoneIdentifier'],
  ])('refuses %j', async (input, message) => {
    await expect(update(input)).rejects.toMatchObject({ name: 'ValidationError', message });
  });
});

describe('CreateAutoScalingGroup', () => {
  const input = {
    AutoScalingGroupName: 'fresh',
    LaunchTemplate: { LaunchTemplateName: 'web', Version: '3' },
    MinSize: 1,
    MaxSize: 3,
    AvailabilityZones: ['us-east-1a'],
  };

  test('makes a group that launches its minimum', async () => {
    await t.client.send(new CreateAutoScalingGroupCommand(input));
    await t.clock.advance(64_000);

    expect(await t.states('fresh')).toEqual(['InService']);
    const [activity] = await t.activities('fresh');
    expect(activity?.Cause).toBe(
      'At 2026-01-05T10:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 1.  At 2026-01-05T10:00:04Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 1.',
    );
  });

  test.each([
    [{ AutoScalingGroupName: NAME }, 'AlreadyExistsFault'],
    [{ MaxSize: 0 }, 'ValidationError'],
    [{ LaunchTemplate: undefined }, 'ValidationError'],
    [{ AvailabilityZones: undefined }, 'ValidationError'],
    [{ TargetGroupARNs: ['arn'] }, 'ValidationError'],
  ])('refuses %j', async (more, name) => {
    const refused = t.client.send(new CreateAutoScalingGroupCommand({ ...input, ...more }));

    await expect(refused).rejects.toMatchObject({ name });
  });
});

describe('DeleteAutoScalingGroup', () => {
  const remove = (ForceDelete?: boolean) =>
    t.client.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: NAME, ForceDelete }));

  test('refuses a group with instances, or with something under way', async () => {
    await expect(remove()).rejects.toMatchObject({
      name: 'ResourceInUseFault',
      message:
        'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
    });
    await setDesired(3);
    await t.clock.advance(4_000);
    await expect(remove()).rejects.toMatchObject({ name: 'ScalingActivityInProgressFault' });
  });

  test('ends the instances first when it is forced', async () => {
    await remove(true);
    await t.clock.advance(4_000);
    expect(await t.group()).toMatchObject({ Status: 'Delete in progress', DesiredCapacity: 0 });
    await t.clock.advance(30_000);

    await expect(t.group()).rejects.toThrow('Cannot find the group');
    expect(t.clock.pending()).toBe(0);
  });
});

describe('DescribeScalingActivities', () => {
  test('lists the newest first, by pages, with AWS’s words', async () => {
    await setDesired(4);
    await t.clock.advance(4_000);
    const input = { AutoScalingGroupName: NAME, MaxRecords: 1 };
    const first = await t.client.send(new DescribeScalingActivitiesCommand(input));
    const { NextToken } = first;
    const second = await t.client.send(
      new DescribeScalingActivitiesCommand({ ...input, NextToken }),
    );

    expect(first.Activities).toMatchObject([
      {
        StatusCode: 'InProgress',
        Progress: 30,
        Description: expect.stringMatching(/^Launching a new EC2 instance: i-0/),
        Cause: expect.stringMatching(/from 3 to 4\.$/),
        Details: '{"Availability Zone":"us-east-1a"}',
      },
    ]);
    expect(second.Activities).toMatchObject([
      {
        Cause:
          'At 2026-01-05T10:00:00Z a user request explicitly set group desired capacity changing the desired capacity from 2 to 4.  At 2026-01-05T10:00:04Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 2 to 4.',
      },
    ]);
    expect(second.NextToken).toBeUndefined();
    await t.clock.advance(60_000);
    expect(await t.activities()).toMatchObject([
      { StatusCode: 'Successful', Progress: 100, EndTime: t.clock.now() },
      { StatusCode: 'Successful' },
    ]);
  });
});

describe('SuspendProcesses', () => {
  const Launch = { AutoScalingGroupName: NAME, ScalingProcesses: ['Launch'] };

  test('keeps what is wanted and launches nothing, until it is resumed', async () => {
    await t.client.send(new SuspendProcessesCommand(Launch));
    await setDesired(4);
    await t.clock.advance(600_000);

    expect(await t.group()).toMatchObject({
      DesiredCapacity: 4,
      SuspendedProcesses: [
        { ProcessName: 'Launch', SuspensionReason: 'User suspended at 2026-01-05T10:00:00Z' },
      ],
    });
    expect(await t.states()).toHaveLength(2);
    await t.client.send(new ResumeProcessesCommand(Launch));
    await t.clock.advance(70_000);
    expect(await t.group()).toMatchObject({ SuspendedProcesses: [] });
    expect(await t.states()).toHaveLength(4);
  });

  test('means every process where none is named, and refuses an unknown one', async () => {
    await t.client.send(new SuspendProcessesCommand({ AutoScalingGroupName: NAME }));

    expect((await t.group()).SuspendedProcesses).toHaveLength(9);
    const unknown = { ...Launch, ScalingProcesses: ['Lunch'] };
    await expect(t.client.send(new SuspendProcessesCommand(unknown))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });
});

describe('SetInstanceHealth', () => {
  const sicken = (InstanceId: string, more: object = {}) =>
    t.client.send(new SetInstanceHealthCommand({ InstanceId, HealthStatus: 'Unhealthy', ...more }));

  test('has an unhealthy instance replaced', async () => {
    const id = await anInstance();
    await sicken(id);

    await t.clock.advance(1_000);
    const command = new DescribeAutoScalingInstancesCommand({ InstanceIds: [id] });
    expect((await t.client.send(command)).AutoScalingInstances).toMatchObject([
      { InstanceId: id, AutoScalingGroupName: NAME, HealthStatus: 'UNHEALTHY' },
    ]);
    await t.clock.advance(70_000);

    expect(await t.states()).toEqual(['InService', 'InService']);
    expect(await t.activities()).toMatchObject([
      {
        Cause:
          'At 2026-01-05T10:00:05Z an instance was launched in response to an unhealthy instance needing to be replaced.',
      },
      {
        Description: `Terminating EC2 instance: ${id}`,
        Cause:
          'At 2026-01-05T10:00:05Z an instance was taken out of service in response to a user health-check.',
      },
    ]);
  });

  test.each(['ReplaceUnhealthy', 'Launch'])(
    'leaves it there while %s is suspended',
    async (name) => {
      const ScalingProcesses = [name];
      await t.client.send(
        new SuspendProcessesCommand({ AutoScalingGroupName: NAME, ScalingProcesses }),
      );
      await sicken(await anInstance());
      await t.clock.advance(600_000);

      expect(t.scaling.simulated.show()['us-east-1']).toMatchObject({
        [NAME]: { inService: 2, unhealthy: 1 },
      });
    },
  );

  test('is patient in the grace period, unless it is asked not to be', async () => {
    await update({ HealthCheckGracePeriod: 172_800 });
    const id = await anInstance();
    const unhealthy = { [NAME]: { unhealthy: 1 } };

    await sicken(id);
    expect(t.scaling.simulated.show()['us-east-1']).not.toMatchObject(unhealthy);
    await sicken(id, { ShouldRespectGracePeriod: false });

    expect(t.scaling.simulated.show()['us-east-1']).toMatchObject(unhealthy);
  });

  test('refuses an instance of nobody, and an unknown state', async () => {
    await expect(sicken('i-none')).rejects.toMatchObject({
      message: 'Instance Id not found - No managed instance found for instance ID: i-none',
    });
    const refused = sicken(await anInstance(), { HealthStatus: 'Poorly' });
    await expect(refused).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('TerminateInstanceInAutoScalingGroup', () => {
  const terminate = (InstanceId: string, ShouldDecrementDesiredCapacity: boolean) =>
    t.client.send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId,
        ShouldDecrementDesiredCapacity,
      }),
    );

  test('replaces the instance', async () => {
    const id = await anInstance();

    const { Activity } = await terminate(id, false);
    await t.clock.advance(70_000);

    expect(Activity).toMatchObject({ StatusCode: 'InProgress', Progress: 50 });
    const { Instances = [] } = await t.group();
    expect(Instances).toHaveLength(2);
    expect(Instances.map(({ InstanceId }) => InstanceId)).not.toContain(id);
  });

  test('takes one less, but not below the minimum', async () => {
    await setDesired(3);
    await t.clock.advance(70_000);

    await terminate(await anInstance(), true);
    expect(await t.group()).toMatchObject({ DesiredCapacity: 2 });

    await t.clock.advance(60_000);
    await expect(terminate(await anInstance(), true)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('Currently, desiredSize equals minSize (2).'),
    });
  });
});

describe('onEvent()', () => {
  test('publishes launches and terminations in AWS’s form', async () => {
    await setDesired(3);
    await t.clock.advance(70_000);
    await setDesired(2);
    await t.clock.advance(40_000);

    expect(t.events).toMatchObject([
      {
        source: 'aws.autoscaling',
        detailType: 'EC2 Instance Launch Successful',
        resources: [
          expect.stringMatching(/autoScalingGroupName\/web-tier$/),
          expect.stringMatching(/^arn:aws:ec2:us-east-1:123456789012:instance\/i-0/),
        ],
        time: new Date('2026-01-05T10:01:04.000Z'),
        detail: {
          StatusCode: 'InProgress',
          AutoScalingGroupName: NAME,
          Details: { 'Availability Zone': 'us-east-1c' },
          StartTime: '2026-01-05T10:00:04.000Z',
          EndTime: '2026-01-05T10:01:04.000Z',
          Origin: 'EC2',
          Destination: 'AutoScalingGroup',
        },
      },
      { detailType: 'EC2 Instance Terminate Successful', detail: { Origin: 'AutoScalingGroup' } },
    ]);
  });

  test('says of which Region it is', async () => {
    await setDesired(8, {}, t.clientOf('us-west-2'));
    await t.clock.advance(70_000);

    expect(new Set(t.events.map(({ region }) => region))).toEqual(new Set(['us-west-2']));
  });
});

describe('metricSource', () => {
  const of = (metricName: string) => ({
    namespace: 'AWS/AutoScaling',
    metricName,
    dimensions: { AutoScalingGroupName: NAME },
  });
  const values = (metricName: string, region = 'us-east-1') => {
    const startMs = Date.parse('2026-01-05T09:50:00Z');
    const endMs = t.clock.now().getTime() + 1;
    const points = t.scaling.metricSource.datapoints(of(metricName), region, startMs, endMs);
    return points.map(({ value }) => value);
  };

  test('returns a value a minute, as the group was then', async () => {
    await t.clock.advance(90_000);
    await setDesired(4);
    await t.clock.advance(150_000);

    expect(values('GroupDesiredCapacity')).toEqual([2, 2, 4, 4, 4]);
    expect(values('GroupInServiceInstances')).toEqual([2, 2, 2, 4, 4]);
    expect(values('GroupTotalInstances')).toEqual([2, 2, 4, 4, 4]);
    expect(values('GroupMaxSize', 'us-west-2')).toEqual([12, 12, 12, 12, 12]);
    expect(values('GroupMaxSize', 'eu-west-1')).toEqual([]);
    expect(t.scaling.metricSource.metrics('us-east-1')).toContainEqual(of('GroupMaxSize'));
  });

  test('returns for the future what the group is now', async () => {
    await t.clock.advance(30_000);
    const startMs = t.clock.now().getTime();
    const endMs = startMs + 120_000;

    const points = t.scaling.metricSource.datapoints(
      of('GroupMaxSize'),
      'us-east-1',
      startMs,
      endMs,
    );

    expect(points).toEqual([
      { timeMs: startMs + 30_000, value: 6 },
      { timeMs: startMs + 90_000, value: 6 },
    ]);
  });

  test('says when the values take another course', async () => {
    let calls = 0;
    t.scaling.metricSource.onChange(() => {
      calls += 1;
    });

    await setDesired(3);
    expect(calls).toBe(1);
    await setDesired(3);
    expect(calls).toBe(1);
  });

  test('supports which metrics are collected', async () => {
    const AutoScalingGroupName = NAME;
    const Metrics = ['GroupMaxSize'];
    await t.clock.advance(30_000);
    await t.client.send(new DisableMetricsCollectionCommand({ AutoScalingGroupName }));
    await t.clock.advance(60_000);
    const Granularity = '1Minute';
    await t.client.send(
      new EnableMetricsCollectionCommand({ AutoScalingGroupName, Metrics, Granularity }),
    );
    await t.clock.advance(60_000);

    expect(values('GroupMaxSize')).toEqual([6, 6]);
    expect(values('GroupMinSize')).toEqual([2]);
    expect((await t.group()).EnabledMetrics).toEqual([{ Metric: 'GroupMaxSize', Granularity }]);
  });
});
