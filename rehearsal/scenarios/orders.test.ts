import { describe, expect, test } from '@jest/globals';
import { orderIdsOf } from './order-ids.ts';
import { orderDifferences } from './orders.ts';

const won = { orderId: 'o-1', status: 'CONFIRMED' };
const lost = { orderId: 'o-2', status: 'FAILED' };

describe('orderDifferences()', () => {
  test('lets a race have any winner, and shows the orders that are left', () => {
    const expected = [
      { orderId: 'o-*', status: 'FAILED' },
      { orderId: 'o-*', status: 'CONFIRMED' },
    ];
    expect(orderDifferences(expected, [won, lost])).toEqual([]);
    expect(orderDifferences(expected, [won])).toEqual(['order o-*: expected FAILED, got none']);
    expect(orderDifferences([lost], [won])).toEqual([
      'order o-2: expected FAILED, got o-1 CONFIRMED',
    ]);
  });
});

describe('orderIdsOf()', () => {
  test('finds the order of an execution, and that of one which tells the end of another', () => {
    const input = { detail: { orderId: 'o-1' } };
    const execution = {
      ...{ executionArn: 'arn:1', name: 'e-1', stateMachine: 'orders', status: 'SUCCEEDED' },
      ...{ error: undefined, cause: undefined, output: null, path: [], durationMs: 1 },
    };
    const ended = { detail: { input: JSON.stringify({ detail: { orderId: 'o-2' } }) } };
    expect(
      orderIdsOf(
        [input, input, ended, { detail: {} }].map((one) => ({ ...execution, input: one })),
      ),
    ).toEqual(['o-1', 'o-2']);
  });
});
