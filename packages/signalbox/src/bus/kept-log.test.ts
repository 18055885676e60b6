import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../core/aws-error.ts';
import { jsonText } from '../core/exact-json/exact-number.ts';
import { createTestJournal } from '../store/test-journal.ts';
import { createTestMaps } from '../store/test-kept-maps.ts';
import type { BusOptions } from './bus.ts';
import { createTestBus, testEntry, testRule, testTarget } from './test-bus.ts';

const RULE = testRule(
  { source: ['shop.orders'] },
  { targets: [testTarget(), testTarget({ id: 'other', arn: 'arn:aws:lambda:other' })] },
);

/** Opens a bus again and again on the same store, each time as after a kill. */
function createStore() {
  const [openLog, maps] = [createTestJournal(), createTestMaps()];
  return (options: Partial<BusOptions> = {}) => {
    const opened = createTestBus({ openLog, maps: maps(), ...options });
    opened.bus.load({ eventBuses: [], rules: [RULE], archives: [] });
    return opened;
  };
}

/** As JSON, in which what is undefined is missing. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the log of events after a kill', () => {
  test('has the events, what matched, and what became of each delivery', async () => {
    const open = createStore();
    let refusals = 2;
    const first = open({
      deliver: async ({ id }) => {
        if (id === 'other' || refusals === 0) return { executionArn: 'arn:one' };
        refusals -= 1;
        throw new AwsError('ThrottlingException', 'Later');
      },
    });
    first.bus.putEvents([testEntry({ n: 1 }), testEntry({ n: 2 }, { Source: 'nobody' })]);
    await first.settle();

    const [event, unmatched] = first.bus.log.events();
    expect(event?.deliveries.map(({ result }) => result.kind)).toEqual(['delivered', 'delivered']);
    expect(event?.deliveries[0]?.attempts).toHaveLength(3);
    expect(unmatched?.unmatched?.nearest?.ruleName).toBe('orders');
    expect(plain(open().bus.log.events())).toEqual(plain(first.bus.log.events()));
  });

  test('shows the end of a delivery that another process goes on with', async () => {
    const open = createStore();
    const first = open({
      deliver: ({ id }) => (id === 'other' ? new Promise(() => {}) : Promise.resolve({})),
    });
    first.bus.putEvents([testEntry()]);
    await first.clock.advance(0);

    const second = open();
    const kinds = ({ bus }: typeof second) =>
      bus.log.events().map(({ deliveries }) => deliveries.map(({ result }) => result.kind));
    expect(kinds(second)).toEqual([['delivered', 'under-way']]);
    second.bus.resume();
    await second.settle();
    expect(kinds(second)).toEqual([['delivered', 'delivered']]);
    expect(kinds(open())).toEqual([['delivered', 'delivered']]);
  });

  test('keeps as many events as it may, and their numbers digit for digit', async () => {
    const open = createStore();
    const first = open({ logCapacity: 2 });
    const details = ['{"n":1}', '{"n":2.0}', '{"n":1234567890123456789}'];
    first.bus.putEvents(details.map((Detail) => ({ ...testEntry(), Detail })));
    await first.settle();

    const detailsOf = ({ bus }: typeof first) =>
      bus.log.events().map(({ event }) => jsonText(event.detail));
    expect(detailsOf(open({ logCapacity: 2 }))).toEqual(details.slice(1));
    expect(detailsOf(open({ logCapacity: 1 }))).toEqual(details.slice(2));
  });

  test('takes events while the disk is full', async () => {
    const { bus, settle } = createTestBus({
      openLog: () => ({
        append: () => {
          throw new AwsError('InternalFailure', 'Cannot write');
        },
        close: async () => {},
      }),
    });
    bus.load({ eventBuses: [], rules: [RULE], archives: [] });
    bus.putEvents([testEntry()]);
    await settle();
    expect(bus.log.events().map(({ deliveries }) => deliveries.length)).toEqual([2]);
  });
});
