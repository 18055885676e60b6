import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AwsError } from '../core/aws-error.ts';
import { createTestBus, testEntry, testRule, testTarget } from './test-bus.ts';

const refusals = ['ThrottlingException', 'InternalServerError', 'AccessDenied', 'NotFound'];

describe('createBus()', () => {
  test('accounts for every event when targets fail at random', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.option(fc.constantFrom(...refusals), { freq: 2 })),
        fc.nat({ max: 4 }),
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 1, max: 30 }),
        async (responses, maximumRetryAttempts, maximumEventAgeSeconds, count) => {
          const taken: string[] = [];
          const { bus, deadLetters, settle } = createTestBus({
            deliver: async (target, _, { event }) => {
              const refusal = responses.next().value;
              if (refusal) throw new AwsError(refusal, 'No');
              taken.push(`${event.id} ${target.id}`);
              return {};
            },
          });
          const policy = { maximumRetryAttempts, maximumEventAgeSeconds };
          const targets = ['one', 'two'].map((id) => testTarget({ id, arn: id, ...policy }));
          const rule = testRule({ source: ['shop.orders'] }, { targets });
          bus.load({ eventBuses: [], archives: [], rules: [rule] });

          for (let sent = 0; sent < count; sent += 1) bus.putEvents([testEntry({ sent })]);
          await settle();

          const dead = deadLetters.map(
            ({ body, attributes }) =>
              `${JSON.parse(body).id} ${attributes['TARGET_ARN']?.StringValue}`,
          );
          const expected = Array.from({ length: count }, (_, index) => [
            `event-${index + 1} one`,
            `event-${index + 1} two`,
          ]).flat();
          expect([...taken, ...dead].sort()).toEqual(expected.sort());
          const kinds = bus.log
            .events()
            .flatMap(({ deliveries }) => deliveries.map(({ result }) => result.kind));
          expect(kinds.filter((kind) => kind === 'delivered')).toHaveLength(taken.length);
          expect(kinds.filter((kind) => kind === 'dead-lettered')).toHaveLength(dead.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});
