import { SFNClient, SFNServiceException } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import { readBegun } from './begun-reconciliations.ts';

const NOW_MS = Date.parse('2026-11-22T09:30:00.000Z');
const DAY_MS = 86_400_000;

/** Answers pages by their tokens, and counts them. */
class FakeClient extends SFNClient {
  asked = 0;
  readonly #pages: readonly (readonly [name: string, daysAgo: number])[];

  constructor(pages: readonly (readonly [name: string, daysAgo: number])[]) {
    super({ region: 'us-east-1' });
    this.#pages = pages;
    this.middlewareStack.add(
      () => async () => {
        const page = this.#pages[this.asked];
        this.asked += 1;
        if (page === undefined) {
          const fault = { name: 'ThrottlingException', $fault: 'client', $metadata: {} } as const;
          throw new SFNServiceException({ ...fault, message: 'Slow down' });
        }
        const [name, daysAgo] = page;
        const executions = [{ name, startDate: new Date(NOW_MS - daysAgo * DAY_MS) }];
        return { response: undefined, output: { executions, nextToken: 'more', $metadata: {} } };
      },
      { step: 'initialize' },
    );
  }
}

describe('readBegun()', () => {
  test('reads until before the window, and no further', async () => {
    const client = new FakeClient([
      ['a-t0', 0],
      ['b-t3', 6],
      ['c-t8', 8],
      ['d-t8', 9],
    ]);

    expect([...(await readBegun(client, 'arn:reconciliation', NOW_MS))]).toEqual([
      'a-t0',
      'b-t3',
      'c-t8',
    ]);
    expect(client.asked).toBe(3);
  });

  test('goes on with what it has where Step Functions says no more', async () => {
    const client = new FakeClient([['a-t0', 0]]);

    expect([...(await readBegun(client, 'arn:reconciliation', NOW_MS))]).toEqual(['a-t0']);
  });
});
