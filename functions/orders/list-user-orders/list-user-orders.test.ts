import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  ordersQuery,
  type PageKey,
  pageToken,
  parsePageToken,
  readPageRequest,
} from './list-user-orders.ts';

const after: PageKey = {
  userId: 'usr-1',
  placedAt: '2026-11-22T09:30:00.000Z',
  orderId: 'ord-1',
};

function request(query: Record<string, string> = {}, userId = 'usr-1') {
  return { pathParameters: { userId }, queryStringParameters: query };
}

describe('pageToken()', () => {
  test('comes back from parsePageToken()', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
    const time = fc
      .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString());

    fc.assert(
      fc.property(fc.record({ userId: id, placedAt: time, orderId: id }), (key) => {
        const token = pageToken(key);

        expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(parsePageToken(token)).toEqual(key);
      }),
    );
  });
});

describe('parsePageToken()', () => {
  test('answers undefined for any text that is no token', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(parsePageToken(text)).toBeUndefined();
      }),
    );
  });

  test('answers undefined for keys of another shape', () => {
    const forged = [{ ...after, extra: 1 }, { ...after, placedAt: 1 }, null, [after]];

    for (const key of forged) {
      const token = Buffer.from(JSON.stringify(key)).toString('base64url');
      expect(parsePageToken(token)).toBeUndefined();
    }
  });
});

describe('readPageRequest()', () => {
  test('reads a limit and a token', () => {
    expect(readPageRequest(request({ limit: '5', nextToken: pageToken(after) }))).toEqual({
      ok: true,
      value: { userId: 'usr-1', limit: 5, after },
    });
    expect(readPageRequest(request())).toEqual({
      ok: true,
      value: { userId: 'usr-1', limit: 20, after: undefined },
    });
  });

  test.each(['0', '101', '-1', '1.5', 'all', '', ' 5', '1e1'])('refuses the limit %p', (limit) => {
    expect(readPageRequest(request({ limit }))).toEqual({
      ok: false,
      problems: [{ path: 'limit', message: 'Is not a whole number from 1 to 100' }],
    });
  });

  test("refuses another user's token", () => {
    expect(readPageRequest(request({ nextToken: pageToken(after) }, 'usr-2'))).toMatchObject({
      ok: false,
      problems: [{ path: 'nextToken' }],
    });
  });

  test('lists every problem', () => {
    const page = readPageRequest(request({ limit: 'x', nextToken: 'y' }, 'no user'));

    expect(page).toMatchObject({
      problems: [{ path: 'userId' }, { path: 'limit' }, { path: 'nextToken' }],
    });
  });
});

describe('ordersQuery()', () => {
  test('asks the index for the newest first', () => {
    expect(ordersQuery('Orders', { userId: 'usr-1', limit: 5, after })).toMatchObject({
      IndexName: 'byUser',
      ScanIndexForward: false,
      Limit: 5,
      ExclusiveStartKey: after,
    });
  });
});
