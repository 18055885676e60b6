import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  acceptForeign,
  type FailOrder,
  failedPut,
  failureCounts,
  readableFailure,
} from './fail-order.ts';

const request: FailOrder = {
  orderId: 'ord-1',
  executionArn: 'arn:mine',
  failure: { Error: 'OutOfStockError' },
  compensationFailures: [],
  undoFrom: 'order',
  failedAt: '2026-11-22T09:30:04.120Z',
};

describe('readableFailure()', () => {
  test("takes the message out of a function's error", () => {
    const Cause = JSON.stringify({
      errorType: 'OutOfStockError',
      errorMessage: 'Not enough in stock: lamp',
      trace: ['at …'],
    });

    expect(readableFailure({ Error: 'OutOfStockError', Cause })).toEqual({
      Error: 'OutOfStockError',
      Cause: 'Not enough in stock: lamp',
    });
  });

  test.each([
    [undefined, 'No cause was given'],
    [null, 'No cause was given'],
    ['', 'No cause was given'],
    ['Plain words', 'Plain words'],
    ['{"some":"json"}', '{"some":"json"}'],
    ['{"errorMessage":"cut', '{"errorMessage":"cut'],
    ['null', 'null'],
    ['x'.repeat(2_000), 'x'.repeat(1_000)],
  ])('reads the cause %p', (Cause, readable) => {
    const failure = Cause === undefined ? { Error: 'E' } : { Error: 'E', Cause };

    expect(readableFailure(failure).Cause).toBe(readable);
  });
});

describe('failedPut()', () => {
  const placed: { detail: Record<string, unknown> } = JSON.parse(
    readFileSync('events/orders/order-placed.json', 'utf8'),
  );

  test('writes an order that nobody claimed, open until its end is announced', () => {
    expect(failedPut('Orders', { ...request, order: placed.detail })).toMatchObject({
      ConditionExpression: 'attribute_not_exists(orderId)',
      Item: {
        orderId: placed.detail['orderId'],
        status: 'FAILED',
        executionArn: 'arn:mine',
        failedAt: request.failedAt,
        failure: { error: 'OutOfStockError' },
        open: 'OPEN',
      },
    });
  });

  test.each([undefined, {}, { orderId: 'ord-1' }])('writes nothing of %j', (order) => {
    expect(failedPut('Orders', { ...request, order })).toBeUndefined();
  });
});

describe('acceptForeign()', () => {
  test('lets a foreign order be', () => {
    expect(() =>
      acceptForeign({ status: 'CONFIRMED', executionArn: 'arn:other' }, 'arn:mine'),
    ).not.toThrow();
  });

  test('refuses to fail an order that is confirmed', () => {
    expect(() =>
      acceptForeign({ status: 'CONFIRMED', executionArn: 'arn:mine' }, 'arn:mine'),
    ).toThrow(expect.objectContaining({ name: 'OrderNotFailableError' }));
  });
});

describe('failureCounts()', () => {
  test('counts a failure by its reason', () => {
    expect(failureCounts(request, {})).toEqual({
      failedFor: 'OutOfStockError',
      compensated: false,
      compensationsFailed: 0,
    });
  });

  test('keeps reasons that anybody may invent out of the dimensions', () => {
    const odd = { ...request, failure: { Error: 'Carrier says no 4711' } };

    expect(failureCounts(odd, {}).failedFor).toBe('Other');
  });

  test('counts an order once, and its compensation when it succeeds', () => {
    const undone: FailOrder = { ...request, undoFrom: 'shipment' };
    const failed = {
      ...undone,
      compensationFailures: [{ step: 'RefundPayment', error: 'PaymentUnavailableError' }],
    };

    expect(failureCounts(failed, {})).toMatchObject({
      compensated: false,
      compensationsFailed: 1,
    });
    expect(failureCounts(undone, { failedAt: '2026' })).toEqual({
      failedFor: undefined,
      compensated: true,
      compensationsFailed: 0,
    });
  });
});
