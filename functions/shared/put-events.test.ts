import type { PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from '@jest/globals';
import { putWithRetries } from './put-events.ts';

const entries: readonly PutEventsRequestEntry[] = ['a', 'b', 'c'].map((Detail) => ({ Detail }));

/** A bus that returns the next row for each call: an error code for each entry, or undefined. */
function bus(...rows: readonly (readonly (string | undefined)[])[]) {
  const calls: (string | undefined)[][] = [];
  const waits: number[] = [];
  return {
    calls,
    waits,
    put: async (put: readonly PutEventsRequestEntry[]) => {
      calls.push(put.map(({ Detail }) => Detail));
      const row = rows[calls.length - 1] ?? [];
      return row.map(
        (ErrorCode): PutEventsResultEntry =>
          ErrorCode === undefined ? { EventId: 'id' } : { ErrorCode, ErrorMessage: 'no' },
      );
    },
    wait: async (delayMs: number) => {
      waits.push(delayMs);
    },
  };
}

describe('putWithRetries()', () => {
  test('puts everything once when the bus takes it', async () => {
    const { put, wait, calls, waits } = bus([undefined, undefined, undefined]);

    await putWithRetries(entries, put, wait);

    expect(calls).toEqual([['a', 'b', 'c']]);
    expect(waits).toEqual([]);
  });

  test('puts again only the entries that failed', async () => {
    const { put, wait, calls } = bus(
      [undefined, 'ThrottlingException', 'InternalFailure'],
      ['ThrottlingException', undefined],
      [undefined],
    );

    await putWithRetries(entries, put, wait);

    expect(calls).toEqual([['a', 'b', 'c'], ['b', 'c'], ['b']]);
  });

  test('gives up after four attempts and says why', async () => {
    const refuse = ['ThrottlingException'];
    const { put, wait, calls, waits } = bus(
      [undefined, undefined, 'InternalFailure'],
      refuse,
      refuse,
      refuse,
      [undefined],
    );

    await expect(putWithRetries(entries, put, wait)).rejects.toMatchObject({
      name: 'BusUnavailableError',
      message: 'The event bus refused 1 of 3 entries: ThrottlingException',
    });
    expect(calls).toHaveLength(4);
    expect(waits).toHaveLength(3);
    expect(Math.max(...waits)).toBeLessThan(200);
  });
});
