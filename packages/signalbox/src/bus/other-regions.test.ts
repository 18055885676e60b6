import { describe, expect, test } from '@jest/globals';
import { putTargets } from './api/targets.ts';
import type { Arrival } from './deliveries.ts';
import { createTestBus, testEntry, testRule, testTarget } from './test-bus.ts';

const ACCOUNT = '123456789012';
const busIn = (region: string, account = ACCOUNT) =>
  `arn:aws:events:${region}:${account}:event-bus/default`;
const PATTERN = { source: ['shop.orders'] };

function load(bus: ReturnType<typeof createTestBus>['bus'], arn: string) {
  const rule = testRule(PATTERN, { targets: [testTarget({ arn })] });
  return bus.load({ eventBuses: [], archives: [], rules: [rule] });
}

describe('a target in another Region', () => {
  test('takes the event as it is where it is a bus, whose rules see it', async () => {
    const west = createTestBus({ region: 'us-west-2' });
    const start = testTarget({ arn: `arn:aws:states:us-west-2:${ACCOUNT}:stateMachine:orders` });
    west.bus.load({
      eventBuses: [],
      archives: [],
      rules: [testRule(PATTERN, { targets: [start] })],
    });
    const toRegion = async (region: string, arrival: Arrival) => {
      expect(region).toBe('us-west-2');
      west.bus.receive(arrival);
    };
    const east = createTestBus({ toRegion });
    load(east.bus, busIn('us-west-2'));

    east.bus.putEvents([testEntry({ id: 1 })]);
    await east.settle();
    await west.settle();

    expect(west.calls).toHaveLength(1);
    expect(JSON.parse(west.calls[0]?.body ?? '')).toMatchObject({
      id: 'event-1',
      region: 'eu-west-1',
      detail: { id: 1 },
    });
    expect(east.deadLetters).toEqual([]);
  });

  test('ends a loop through two Regions', async () => {
    const east = createTestBus({ toRegion: async (_, arrival) => west.bus.receive(arrival) });
    const west = createTestBus({
      region: 'us-west-2',
      toRegion: async (_, arrival) => east.bus.receive(arrival),
    });
    load(east.bus, busIn('us-west-2'));
    const back = testRule(PATTERN, {
      arn: `arn:aws:events:us-west-2:${ACCOUNT}:rule/orders`,
      targets: [testTarget({ arn: busIn('eu-west-1') })],
    });
    west.bus.load({ eventBuses: [], archives: [], rules: [back] });

    east.bus.putEvents([testEntry()]);
    await east.settle();
    await west.settle();
    await east.settle();

    expect(east.deadLetters).toHaveLength(1);
    expect(east.deadLetters[0]?.attributes['ERROR_MESSAGE']?.StringValue).toContain('loop');
  });

  test.each([
    ['a bus that is not there', busIn('us-west-2'), 'NO_RESOURCE'],
    ['a bus of another account', busIn('eu-west-1', '999999999999'), 'NO_PERMISSIONS'],
  ])('leaves %s a dead letter', async (_, arn, code) => {
    const { bus, deadLetters, settle } = createTestBus();
    load(bus, arn);

    bus.putEvents([testEntry()]);
    await settle();

    expect(deadLetters[0]?.attributes['ERROR_CODE']?.StringValue).toBe(code);
    expect(bus.log.events()).toHaveLength(1);
  });

  test('is refused where it is no bus, by the API and of the template', () => {
    const { bus } = createTestBus();
    const arn = `arn:aws:lambda:us-west-2:${ACCOUNT}:function:f`;
    const message = `Access to the resource ${arn} is denied. Reason: Adding cross-region target is not permitted.`;

    expect(() => load(bus, arn)).toThrow(`template.yaml:12: orders: ${message}`);
    load(bus, busIn('eu-west-1'));
    expect(() => putTargets(bus, { Rule: 'orders', Targets: [{ Id: 'f', Arn: arn }] })).toThrow(
      expect.objectContaining({ name: 'AccessDeniedException', message }),
    );
    const elsewhere = { Rule: 'orders', EventBusName: busIn('us-west-2'), Targets: [] };
    expect(() => putTargets(bus, elsewhere)).toThrow('Cross-region api call is not allowed.');
  });

  test('is no bus for PutEvents: the event is lost, and the log says where to', async () => {
    const { bus, unmatched, settle } = createTestBus();
    bus.putEvents([testEntry({}, { EventBusName: busIn('us-west-2') })]);
    await settle();

    expect(unmatched[0]?.reason).toBe(`No event bus has the name ${busIn('us-west-2')}`);
  });
});
