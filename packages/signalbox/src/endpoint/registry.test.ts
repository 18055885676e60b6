import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../core/aws-error.ts';
import { stillClock } from './endpoint-under-test.ts';
import { type CallRecord, createRegistry } from './registry.ts';

const caller = { arn: 'arn:aws:iam::123456789012:role/submit' };

function setUp() {
  const clock = stillClock();
  const calls: CallRecord[] = [];
  const bugs: unknown[] = [];
  const registry = createRegistry({
    clock,
    onCall: (call) => calls.push(call),
    onBug: (...bug) => bugs.push(bug),
  });
  return { clock, calls, bugs, registry };
}

describe('createRegistry()', () => {
  test('runs the action with the input and the caller, and notifies the observer', async () => {
    const { registry, calls } = setUp();
    registry.add({
      name: 'events',
      client: 'x',
      actions: { PutEvents: (input, by) => ({ input, by }) },
    });
    const input = { Entries: [{}] };

    const output = await registry.call('events', 'PutEvents', input, caller);

    expect(output).toEqual({ input, by: caller });
    expect(calls).toEqual([
      { service: 'events', action: 'PutEvents', input, caller, durationMs: 0 },
    ]);
  });

  test('lets a call go wrong before it is made, or only its response', async () => {
    const clock = stillClock();
    const made: object[] = [];
    const error = new AwsError('InternalFailure', 'on purpose');
    const registry = createRegistry({
      clock,
      onBug: () => {},
      injectedFaultOf: ({ action }) =>
        action === 'Let' ? undefined : { when: action === 'Refuse' ? 'before' : 'after', error },
    });
    const make = (input: object) => {
      made.push(input);
      return {};
    };
    registry.add({ name: 's', client: 'x', actions: { Let: make, Refuse: make, Lose: make } });

    await expect(registry.call('s', 'Refuse', { first: 1 }, caller)).rejects.toBe(error);
    await expect(registry.call('s', 'Lose', { second: 2 }, caller)).rejects.toBe(error);
    await expect(registry.call('s', 'Let', { third: 3 }, caller)).resolves.toEqual({});

    expect(made).toEqual([{ second: 2 }, { third: 3 }]);
    expect(clock.holds.current).toBe(0);
  });

  test('holds the clock while an action runs, also when it fails', async () => {
    const { registry, clock } = setUp();
    const held: number[] = [];
    registry.add({
      name: 's',
      client: 'x',
      actions: {
        Wait: async () => {
          await Promise.resolve();
          held.push(clock.holds.current);
          throw new AwsError('Refused', 'no');
        },
      },
    });

    await expect(registry.call('s', 'Wait', {}, caller)).rejects.toThrow('no');

    expect(held).toEqual([1]);
    expect(clock.holds.current).toBe(0);
  });

  test('does not hold the clock for a long poll', async () => {
    const { registry, clock } = setUp();
    registry.add({
      name: 'sqs',
      client: 'x',
      actions: { ReceiveMessage: () => ({}) },
      longPolls: ['ReceiveMessage'],
    });

    await registry.call('sqs', 'ReceiveMessage', {}, caller);

    expect(clock.holds.total).toBe(0);
  });

  test('refuses an unknown service and an unknown action by name', async () => {
    const { registry, bugs, calls } = setUp();
    registry.add({ name: 'sqs', client: 'x', actions: { SendMessage: () => ({}) } });

    const noService = registry.call('kms', 'Encrypt', {}, caller);
    const noAction = registry.call('sqs', 'PurgeQueue', {}, caller);
    const inherited = registry.call('sqs', 'toString', {}, caller);

    await expect(noService).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'Cannot run kms:Encrypt: no service "kms" is rehearsed; served services: sqs',
    });
    await expect(noAction).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'Cannot run sqs:PurgeQueue: served actions of sqs: SendMessage',
    });
    await expect(inherited).rejects.toMatchObject({ name: 'UnknownOperationException' });
    expect(bugs).toEqual([]);
    expect(calls.map(({ error }) => error)).toEqual(Array(3).fill(expect.any(AwsError)));
  });

  test('reports what is no refusal as a bug, and throws it on', async () => {
    const { registry, bugs } = setUp();
    const bug = new TypeError('undefined is not a function');
    registry.add({
      name: 's',
      client: 'x',
      actions: {
        Break: () => {
          throw bug;
        },
      },
    });

    await expect(registry.call('s', 'Break', {}, caller)).rejects.toBe(bug);

    expect(bugs).toEqual([[bug, 's', 'Break']]);
  });

  test('lets a call of another Region go to the services there', async () => {
    const { registry } = setUp();
    const servicesIn = (region: string) => ({
      name: 's',
      client: 'x',
      actions: { Where: () => ({ region }) },
    });
    registry.add(servicesIn('home'));
    const west = new Map([['s', servicesIn('us-west-2')]]);
    registry.routeRegions((region, service) =>
      region === 'us-west-2' && service === 's' ? Promise.resolve(west) : undefined,
    );
    const where = (region?: string) => registry.call('s', 'Where', {}, { ...caller, region });

    expect(await where('us-west-2')).toEqual({ region: 'us-west-2' });
    for (const region of [undefined, 'us-east-1']) {
      expect(await where(region)).toEqual({ region: 'home' });
    }
  });

  test('takes a name once', () => {
    const { registry } = setUp();
    registry.add({ name: 's', client: 'x', actions: {} });

    expect(() => registry.add({ name: 's', client: 'x', actions: {} })).toThrow('added twice');
  });
});
