import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../core/aws-error.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import { createTestMaps } from '../store/test-kept-maps.ts';
import { createEventsService } from './api/events-service.ts';
import type { BusOptions } from './bus.ts';
import { createTestBus, testEntry, testRule, testTarget } from './test-bus.ts';

const CALLER = { arn: 'arn:aws:iam::123456789012:root' };
const PATTERN = { source: ['shop.orders'] };
const ARN = 'arn:aws:events:eu-west-1:123456789012';
const ARCHIVE = {
  logicalId: 'Archive',
  name: 'all',
  arn: `${ARN}:archive/all`,
  eventBusName: 'default',
  eventPattern: PATTERN,
  retentionDays: 7,
};

/** A bus on the maps of a store, with a template that has one rule. */
function open(maps: KeptMaps, options: Partial<BusOptions> = {}, rule = testRule(PATTERN)) {
  const given = createTestBus({ ...options, maps });
  given.bus.load({ eventBuses: [], rules: [rule], archives: [ARCHIVE] });
  const { actions } = createEventsService(given.bus);
  return {
    ...given,
    call: async (action: string, input: object): Promise<object> =>
      actions[action]?.(input, CALLER) ?? {},
  };
}

/** A target that never returns, as when the process is killed meanwhile. */
const hanging = { deliver: () => new Promise<never>(() => {}) };

describe('a bus after a kill', () => {
  test('has the buses, rules, targets and archives of the API', async () => {
    const maps = createTestMaps();
    const { call } = open(maps());
    await call('CreateEventBus', { Name: 'own' });
    const EventPattern = JSON.stringify(PATTERN);
    await call('PutRule', { Name: 'mine', EventBusName: 'own', EventPattern });
    const Targets = [{ Id: 'queue', Arn: 'arn:aws:sqs:eu-west-1:123456789012:orders' }];
    await call('PutTargets', { Rule: 'mine', EventBusName: 'own', Targets });
    const EventSourceArn = `${ARN}:event-bus/own`;
    await call('CreateArchive', { ArchiveName: 'own', EventSourceArn, RetentionDays: 3 });

    const again = open(maps());
    const rule = { EventBusName: 'own', Name: 'mine' };
    expect(await again.call('DescribeRule', rule)).toMatchObject({ EventPattern });
    expect(await again.call('DescribeArchive', { ArchiveName: 'own' })).toMatchObject({
      RetentionDays: 3,
    });
    await again.call('PutEvents', { Entries: [testEntry({}, { EventBusName: 'own' })] });
    await again.settle();
    expect(again.calls.map(({ target }) => target.arn)).toEqual([Targets[0]?.Arn]);
  });

  test('leaves a rule of the template disabled until the template changes it', async () => {
    const maps = createTestMaps();
    await open(maps()).call('DisableRule', { Name: 'orders' });

    const stateOf = ({ call }: ReturnType<typeof open>) => call('DescribeRule', { Name: 'orders' });
    const moved = testRule(PATTERN, { place: { file: 'template.yaml', line: 99 } });
    expect(await stateOf(open(maps(), {}, moved))).toMatchObject({ State: 'DISABLED' });
    const changed = testRule({ source: ['other'] });
    expect(await stateOf(open(maps(), {}, changed))).toMatchObject({ State: 'ENABLED' });
  });

  test('has the events of archives, in order, and none that are too old', async () => {
    const maps = createTestMaps();
    const first = open(maps());
    for (const n of [1, 2, 3]) first.bus.putEvents([testEntry({ n })]);
    await first.settle();

    const second = open(maps());
    second.bus.putEvents([testEntry({ n: 4 })]);
    await second.settle();
    const details = (bus: typeof second): readonly unknown[] =>
      bus.bus.archives.eventsOf('all', bus.clock.now()).map(({ detail }) => detail);
    const third = open(maps());
    expect(details(third)).toEqual([1, 2, 3, 4].map((n) => ({ n })));

    await third.clock.advance(8 * 86_400_000);
    expect(details(third)).toEqual([]);
    expect(details(open(maps()))).toEqual([]);
  });

  test('delivers what was accepted and not yet delivered, and nothing twice', async () => {
    const maps = createTestMaps();
    const rule = testRule(PATTERN, {
      targets: [testTarget(), testTarget({ id: 'slow', arn: 'arn:aws:lambda:slow' })],
    });
    const first = open(
      maps(),
      { deliver: async ({ id }) => (id === 'slow' ? hanging.deliver() : {}) },
      rule,
    );
    first.bus.putEvents([testEntry({ n: 1 })]);
    await first.clock.advance(0);

    const second = open(maps(), {}, rule);
    second.bus.resume();
    await second.settle();
    expect(second.calls).toMatchObject([{ target: { id: 'slow' }, body: first.calls[1]?.body }]);

    const third = open(maps(), {}, rule);
    third.bus.resume();
    await third.settle();
    expect(third.calls).toEqual([]);
  });

  test('goes on with retries, whose number and age have the same limits', async () => {
    const maps = createTestMaps();
    const failing = {
      deliver: async () => {
        throw new AwsError('ThrottlingException', 'Later');
      },
    };
    const first = open(maps(), failing);
    first.bus.putEvents([testEntry()]);
    await first.clock.advance(0);
    await first.clock.advance(2000);
    expect(first.calls.length).toBeGreaterThan(1);

    const second = open(maps(), failing);
    second.bus.resume();
    await second.settle();
    expect(first.calls.length + second.calls.length).toBe(5);
    expect(second.deadLetters).toMatchObject([
      { attributes: { RETRY_ATTEMPTS: { StringValue: '3' } } },
    ]);
    open(maps(), failing).bus.resume();
  });

  test('goes on with a replay from the minute that it had come to', async () => {
    const maps = createTestMaps();
    const first = open(maps());
    const times = ['2026-03-01T09:00:00Z', '2026-03-01T09:00:30Z', '2026-03-01T09:01:00Z'];
    for (const time of times) {
      const entry = { ...testEntry({}), Time: new Date(time) };
      await first.call('PutEvents', { Entries: [entry] });
    }
    await first.settle();
    const replay = {
      ReplayName: 'again',
      EventSourceArn: ARCHIVE.arn,
      Destination: { Arn: `${ARN}:event-bus/default` },
      EventStartTime: new Date('2026-03-01T00:00:00Z'),
      EventEndTime: new Date('2026-03-02T00:00:00Z'),
    };
    await first.call('StartReplay', replay);
    await first.clock.advance(1000);
    expect(first.calls.length).toBe(3 + 2);

    const second = open(maps());
    second.bus.resume();
    await second.clock.advance(2000);
    await second.settle();
    expect(second.calls.length).toBe(3);
    expect(await second.call('DescribeReplay', { ReplayName: 'again' })).toMatchObject({
      State: 'COMPLETED',
    });

    const third = open(maps());
    third.bus.resume();
    await third.clock.advance(2000);
    expect(third.calls).toEqual([]);
  });

  test('refuses events that the disk does not take, and lets those of services go on', async () => {
    const maps = createTestMaps()();
    const full: KeptMaps = {
      map: (name, form) => {
        const map = maps.map(name, form);
        if (name !== 'events/deliveries') return map;
        map.set = () => {
          throw new AwsError('InternalFailure', 'Cannot write');
        };
        return map;
      },
    };
    const { bus, calls, settle } = open(full);

    expect(() => bus.putEvents([testEntry()])).toThrow('Cannot write');
    bus.publish({ source: 'shop.orders', detailType: 'Own', detail: {} });
    await settle();
    expect(calls).toMatchObject([{ context: { event: { 'detail-type': 'Own' } } }]);
  });
});
