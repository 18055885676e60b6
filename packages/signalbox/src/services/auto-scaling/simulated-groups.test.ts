import { SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSkippingClock } from '../../core/skipping-clock.ts';
import { createAutoScaling } from './auto-scaling.ts';
import { NAME, startAutoScaling } from './auto-scaling-under-test.ts';

let t: Awaited<ReturnType<typeof startAutoScaling>>;

beforeEach(async () => {
  t = await startAutoScaling();
});

afterEach(async () => {
  await t.endpoint.close();
  expect(t.endpoint.bugs).toEqual([]);
});

const setDesired = (DesiredCapacity: number, client = t.client) =>
  client.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: NAME, DesiredCapacity }));

const fault = (name: string) => {
  const found = t.scaling.simulated.faults[name];
  if (found === undefined) throw new RangeError(`Cannot find the fault ${name}`);
  return found;
};

const east = () => t.scaling.simulated.show()['us-east-1'];

describe('seed()', () => {
  test('replaces groups, faults and what goes on', async () => {
    fault('region-application').start('us-east-1');
    await setDesired(6, t.clientOf('us-west-2'));

    const availabilityZones = ['us-east-1a'];
    t.scaling.simulated.seed({
      'us-east-1': [{ name: 'a', minSize: 1, maxSize: 1, availabilityZones }],
    });

    expect(t.scaling.simulated.show()).toEqual({
      'us-east-1': {
        a: {
          desired: 1,
          min: 1,
          max: 1,
          inService: 1,
          pending: 0,
          terminating: 0,
          unhealthy: 0,
          zones: { 'us-east-1a': 1 },
          suspended: [],
        },
      },
    });
    expect(t.clock.pending()).toBe(0);
    expect(await t.group('a')).toMatchObject({ MinSize: 1 });
  });

  test('says all that is wrong', () => {
    const group = { name: 'a', minSize: 2, maxSize: 3, desiredCapacity: 4, availabilityZones: [] };

    expect(() => t.scaling.simulated.seed({ 'us-east-1': [group] })).toThrow(
      'auto-scaling.us-east-1[0].availabilityZones: Write one zone or more\n' +
        'auto-scaling.us-east-1[0].desiredCapacity: Write a number from minSize to maxSize',
    );
  });
});

describe('capacity', () => {
  test('fails launches with EC2’s words, and the group tries again later', async () => {
    expect(fault('capacity').start(undefined)).toBe(
      'launches of us-east-1/batch, us-east-1/web-tier fail',
    );
    await setDesired(4);
    await t.clock.advance(4_000);

    const StatusMessage =
      'We currently do not have sufficient t3.large capacity in the Availability Zone you requested (us-east-1c). Our system will be working on provisioning additional capacity. You can currently get t3.large capacity by not specifying an Availability Zone in your request or choosing us-east-1a, us-east-1b. Launching EC2 instance failed.';
    expect(await t.activities()).toMatchObject([
      {
        StatusCode: 'Failed',
        StatusMessage,
        Description: `Launching a new EC2 instance.  Status Reason: ${StatusMessage}`,
        Progress: 100,
      },
    ]);
    expect(t.events).toMatchObject([
      {
        detailType: 'EC2 Instance Launch Unsuccessful',
        detail: { StatusCode: 'Failed', StatusMessage, EC2InstanceId: '' },
      },
    ]);
    await t.clock.advance(60_000);
    expect(await t.activities()).toHaveLength(2);
    await t.clock.advance(120_000);
    expect(await t.activities()).toHaveLength(3);
  });

  test('is over for the group at once when it is mended', async () => {
    fault('capacity').start(NAME);
    await setDesired(4);
    await t.clock.advance(10_000);

    fault('capacity').end(NAME);
    await t.clock.advance(64_000);

    expect(east()).toMatchObject({ [NAME]: { inService: 4 } });
    expect(t.clock.pending()).toBe(0);
  });
});

describe('capacity on a skipping clock', () => {
  test('lets time rest, however long the fault lasts', async () => {
    const clock = createSkippingClock({ realNow: () => 0 });
    const scaling = createAutoScaling({ clock, region: 'us-east-1', accountId: '123456789012' });
    const availabilityZones = ['us-east-1a'];
    scaling.simulated.seed({
      'us-east-1': [{ name: 'a', minSize: 1, maxSize: 9, availabilityZones }],
    });
    const input = { AutoScalingGroupName: 'a', DesiredCapacity: 3 };

    scaling.simulated.faults['capacity']?.start('a');
    await scaling.service.actions['SetDesiredCapacity']?.(input, { arn: 'root' });
    await clock.rested();
    expect(clock.now().getTime()).toBe(4_000);

    scaling.simulated.faults['capacity']?.end('a');
    await clock.rested();
    expect(scaling.simulated.show()['us-east-1']).toMatchObject({ a: { inService: 3 } });
  });
});

describe('launch-suspended', () => {
  test('suspends Launch, and resumes it', async () => {
    fault('launch-suspended').start('us-east-1/web-tier');
    await setDesired(3);
    await t.clock.advance(100_000);
    expect(east()).toMatchObject({ [NAME]: { inService: 2, suspended: ['Launch'] } });

    fault('launch-suspended').end('us-east-1/web-tier');
    await t.clock.advance(70_000);

    expect(east()).toMatchObject({ [NAME]: { inService: 3, suspended: [] } });
  });
});

describe('application', () => {
  test('makes every instance unhealthy, and the group replaces them', async () => {
    fault('application').start(NAME);
    expect(east()).toMatchObject({ [NAME]: { inService: 2, unhealthy: 2 } });

    await t.clock.advance(64_000);

    expect(east()).toMatchObject({ [NAME]: { inService: 2, unhealthy: 0 } });
    expect((await t.activities()).at(-1)?.Cause).toMatch(
      /an instance was taken out of service in response to an ELB system health check failure\.$/,
    );
  });

  test('leaves no instance unhealthy when it is mended', async () => {
    fault('application').start(NAME);
    fault('application').end(NAME);
    await t.clock.advance(64_000);

    expect(east()).toMatchObject({ [NAME]: { inService: 2, unhealthy: 0, terminating: 0 } });
    expect(await t.activities()).toEqual([]);
  });
});

describe('slow-launches', () => {
  test('takes ten minutes', async () => {
    fault('slow-launches').start(NAME);
    await setDesired(3);
    await t.clock.advance(603_000);
    expect(east()).toMatchObject({ [NAME]: { inService: 2, pending: 1 } });

    await t.clock.advance(1_000);

    expect(east()).toMatchObject({ [NAME]: { inService: 3, pending: 0 } });
    fault('slow-launches').end(NAME);
    await setDesired(4);
    await t.clock.advance(64_000);
    expect(east()).toMatchObject({ [NAME]: { inService: 4 } });
  });
});

describe('scaling-throttled', () => {
  test('refuses the next calls in both ways', async () => {
    fault('scaling-throttled').start(undefined);

    await expect(setDesired(3)).rejects.toMatchObject({
      name: 'Throttling',
      message: 'Rate exceeded',
    });
    await expect(setDesired(3)).rejects.toMatchObject({
      name: 'ResourceContentionFault',
      $fault: 'server',
      $metadata: { httpStatusCode: 500 },
    });
    await expect(setDesired(3)).rejects.toMatchObject({ name: 'Throttling' });
    await expect(setDesired(3)).resolves.toBeDefined();
  });

  test('is mended, and refuses a target that is no number', async () => {
    fault('scaling-throttled').start('9');
    fault('scaling-throttled').end(undefined);

    await expect(setDesired(3)).resolves.toBeDefined();
    expect(() => fault('scaling-throttled').start('many')).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});

describe('region-application', () => {
  test('takes the peer Region away until it is mended', async () => {
    const western = t.clientOf('us-west-2');
    expect(fault('region-application').start(undefined)).toContain('us-west-2');

    await expect(setDesired(8, western)).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
    await expect(setDesired(3)).resolves.toBeDefined();
    expect(t.scaling.simulated.show()['us-west-2']).toMatchObject({ [NAME]: { inService: 0 } });
    await t.clock.advance(600_000);
    expect(t.scaling.simulated.show()['us-west-2']).toMatchObject({ [NAME]: { inService: 0 } });

    fault('region-application').end(undefined);
    await t.clock.advance(80_000);

    expect(t.scaling.simulated.show()['us-west-2']).toMatchObject({ [NAME]: { inService: 6 } });
  });

  test.each(['capacity', 'application', 'region-application'])(
    'refuses, as %s does, a target that is not there',
    (name) => {
      expect(() => fault(name).start('mars-1')).toThrow(expect.objectContaining({ code: 'usage' }));
    },
  );
});
