import { expect, test } from '@jest/globals';
import { createTestClock } from '../../core/test-clock.ts';
import { testFunction } from '../test-project.ts';
import { AsyncInvocations } from './async-invocations.ts';

const PAYLOAD = new TextEncoder().encode('{}');
const DONE = { payload: PAYLOAD, logTail: '', durationMs: 1 };

test('accept() refuses an event while as many wait as may', async () => {
  const finish: (() => void)[] = [];
  const events = new AsyncInvocations({
    host: { invoke: () => new Promise((resolve) => finish.push(() => resolve(DONE))) },
    clock: createTestClock('2026-01-01T00:00:00.000Z'),
    call: async () => ({}),
    onDropped: () => undefined,
    onBug: (bug) => {
      throw bug;
    },
    queuedInvocations: 2,
  });
  const accept = (requestId: string): void =>
    events.accept(testFunction('Charge', 'none'), PAYLOAD, { requestId, traceHeader: undefined });
  accept('1');
  accept('2');
  expect(() => accept('3')).toThrow(
    expect.objectContaining({
      name: 'TooManyRequestsException',
      fields: { Reason: 'CallerRateLimitExceeded', Type: 'User' },
    }),
  );
  for (const one of finish) one();
  await new Promise((resolve) => setImmediate(resolve));
  expect(() => accept('3')).not.toThrow();
});
