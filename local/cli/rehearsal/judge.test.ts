import { describe, expect, test } from '@jest/globals';
import { judge } from './judge.ts';
import type { Played, PlayedExecution } from './played.ts';

const execution: PlayedExecution = {
  executionArn: 'arn:1',
  name: '1',
  stateMachine: 'orders',
  orderId: 'o-1',
  status: 'SUCCEEDED',
  error: undefined,
  cause: undefined,
  path: ['Claim', 'Confirm'],
  durationMs: 5,
};

const played: Played = {
  events: [],
  executions: [execution],
  orders: { 'o-1': 'CONFIRMED' },
  compensationFailures: [],
  stock: { pen: 4 },
  payments: { 'o-1': 'charged' },
  deadLetters: 0,
};

const expected = {
  executions: [{ orderId: 'o-1', status: 'SUCCEEDED', lastState: 'Confirm' }],
  orders: [{ orderId: 'o-1', status: 'CONFIRMED' }],
  stock: { pen: 4 },
  payments: { 'o-1': 'charged' as const },
  deadLetters: 0,
  compensationFailures: [],
};

describe('judge()', () => {
  test('finds no difference where all is as it must be', () => {
    expect(judge(expected, played, 'orders')).toEqual([]);
  });

  test('leaves the executions of other state machines alone', () => {
    const other = { ...execution, stateMachine: 'reconciliation', status: 'FAILED' };
    expect(judge(expected, { ...played, executions: [execution, other] }, 'orders')).toEqual([]);
  });

  test('lets a race have any winner', () => {
    const races = {
      ...expected,
      executions: [
        { orderId: 'o-*', status: 'FAILED' },
        { orderId: 'o-*', status: 'SUCCEEDED' },
      ],
      orders: [
        { orderId: 'o-*', status: 'CONFIRMED' },
        { orderId: 'o-*', status: 'FAILED' },
      ],
      payments: { 'o-*': ['none' as const, 'charged' as const] },
    };
    const loser = { ...execution, orderId: 'o-2', status: 'FAILED' };
    const won = {
      ...played,
      executions: [execution, loser],
      orders: { 'o-1': 'CONFIRMED', 'o-2': 'FAILED' },
      payments: { 'o-1': 'charged', 'o-2': 'none' },
    };

    expect(judge(races, won, 'orders')).toEqual([]);
    expect(
      judge(races, { ...won, orders: { 'o-1': 'CONFIRMED', 'o-2': 'CONFIRMED' } }, 'orders'),
    ).toEqual(['order o-*: expected FAILED, got o-2 CONFIRMED']);
  });

  test('names an execution that is missing and one that is too many', () => {
    const failed = { ...execution, status: 'FAILED', error: 'OutOfStockError' };
    expect(judge(expected, { ...played, executions: [failed] }, 'orders')).toEqual([
      'expected an execution of o-1 SUCCEEDED in Confirm',
      'did not expect the execution of o-1 FAILED OutOfStockError in Confirm',
    ]);
  });

  test('names every other difference', () => {
    const wrong = {
      ...played,
      orders: {},
      stock: { pen: 5 },
      payments: { 'o-1': 'refunded' },
      deadLetters: 1,
      compensationFailures: ['RefundPayment'],
    };
    expect(judge(expected, wrong, 'orders')).toEqual([
      'order o-1: expected CONFIRMED, got none',
      'stock of pen: expected 4, got 5',
      'payment of o-1: expected charged, got refunded',
      'dead letters: expected 0, got 1',
      'failed compensations: expected none, got RefundPayment',
    ]);
  });
});
