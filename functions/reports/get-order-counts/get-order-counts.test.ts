import { describe, expect, test } from '@jest/globals';
import { readPage } from '../page-request.ts';
import { orderCountParameters, pageOfCounts, RowKeySchema } from './get-order-counts.ts';

const rows = ['ada', 'bob', 'eve'].map((name) => ({
  userId: `usr-${name}`,
  name,
  orders: 2,
  confirmed: 1,
}));

describe('pageOfCounts()', () => {
  test('goes on after its last row, where there is another', () => {
    const { users, nextToken = '' } = pageOfCounts(rows, 2);

    expect(users).toEqual(rows.slice(0, 2));
    expect(readPage({ queryStringParameters: { nextToken } }, RowKeySchema)).toEqual({
      ok: true,
      value: { limit: 20, after: { name: 'bob', userId: 'usr-bob' } },
    });
  });

  test('ends with the last row, and with none', () => {
    expect(pageOfCounts(rows, 3)).toEqual({ users: rows });
    expect(pageOfCounts([], 3)).toEqual({ users: [] });
  });
});

describe('orderCountParameters()', () => {
  test('asks for one row more than the page has', () => {
    expect(orderCountParameters({ limit: 2, after: undefined })).toContainEqual({
      name: 'limit',
      value: { longValue: 3 },
    });
  });
});

describe('readPage()', () => {
  test.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '101' }, 'limit'],
    [{ nextToken: 'e30' }, 'nextToken'],
    [{ nextToken: '!' }, 'nextToken'],
  ])('refuses %j', (queryStringParameters, path) => {
    expect(readPage({ queryStringParameters }, RowKeySchema)).toMatchObject({
      ok: false,
      problems: [{ path }],
    });
  });
});
