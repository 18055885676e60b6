import { describe, expect, test } from '@jest/globals';
import { approvalsQuery, listToken, readListRequest } from './approval-index.ts';

const NOW = '2026-11-22T09:30:00.000Z';
const read = (query: Readonly<Record<string, string>>) =>
  readListRequest({ queryStringParameters: query }, 'orderId');

describe('readListRequest()', () => {
  test('lists what is pending unless another state is named', () => {
    expect(readListRequest({}, 'orderId')).toEqual({
      ok: true,
      value: { state: 'PENDING', after: undefined },
    });
    expect(read({ state: 'DENIED' })).toMatchObject({ value: { state: 'DENIED' } });
  });

  test('goes on after a token of its own list, and after no other', () => {
    const key = { orderId: 'ord-1', state: 'DENIED', answerBy: NOW };
    const nextToken = listToken(key);

    expect(read({ state: 'DENIED', nextToken })).toMatchObject({ value: { after: key } });
    expect(read({ state: 'PENDING', nextToken })).toMatchObject({ ok: false });
    expect(readListRequest({ queryStringParameters: { nextToken } }, 'approvalId')).toMatchObject({
      ok: false,
    });
  });

  test('says all that is wrong', () => {
    expect(read({ state: 'LOST', nextToken: 'x' })).toEqual({
      ok: false,
      problems: [
        { path: 'state', message: 'Is none of PENDING, APPROVED, DENIED, EXPIRED' },
        { path: 'nextToken', message: 'Is not a token that this list has answered' },
      ],
    });
  });
});

describe('approvalsQuery()', () => {
  test('leaves out what nobody can answer any more', () => {
    expect(approvalsQuery('Approvals', { state: 'PENDING', after: undefined }, NOW)).toMatchObject({
      KeyConditionExpression: '#state = :state AND answerBy > :now',
      ExpressionAttributeValues: { ':state': 'PENDING', ':now': NOW },
      ScanIndexForward: true,
    });
  });
});
