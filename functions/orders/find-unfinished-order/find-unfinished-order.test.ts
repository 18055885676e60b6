import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { StoredOrder } from '../stored-order.ts';
import { findUnfinished, lateClaim, orderIdOfInput } from './find-unfinished-order.ts';

const order: StoredOrder = {
  orderId: 'ord-1',
  userId: 'usr-1',
  placedAt: '2026-11-22T09:30:00.000Z',
  currency: 'EUR',
  lines: [{ sku: 'lamp', quantity: 1, unitPrice: 4_900 }],
  total: 4_900,
  shippingMethod: 'standard',
  status: 'PROCESSING',
  payloadHash: 'a',
  executionArn: 'arn:mine',
  claimedAt: '2026-11-22T09:30:00.500Z',
};
const aborted = { executionArn: 'arn:mine', status: 'ABORTED' } as const;

const event: { detail: Record<string, unknown> } = JSON.parse(
  readFileSync('events/orders/order-placed.json', 'utf8'),
);

describe('lateClaim()', () => {
  const input = JSON.stringify(event);

  test('claims the order of an execution that was stopped before it could', () => {
    expect(lateClaim('Orders', { ...aborted, input }, '2026-11-22T09:31:00Z')).toMatchObject({
      ConditionExpression: 'attribute_not_exists(orderId)',
      Item: {
        orderId: event.detail['orderId'],
        status: 'PROCESSING',
        executionArn: 'arn:mine',
        openSince: '2026-11-22T09:31:00Z',
      },
    });
  });

  test('claims nothing of an event that was no order', () => {
    const rejected = { ...aborted, status: 'FAILED', error: 'InvalidOrderError' } as const;

    expect(lateClaim('Orders', { ...rejected, input }, '2026')).toBeUndefined();
    expect(lateClaim('Orders', { ...aborted, input: '{"detail":{}}' }, '2026')).toBeUndefined();
    expect(lateClaim('Orders', aborted, '2026')).toBeUndefined();
  });
});

describe('orderIdOfInput()', () => {
  test('finds the id in the input of an execution', () => {
    expect(orderIdOfInput('{"detail":{"orderId":"ord-1"}}')).toBe('ord-1');
  });

  test.each([undefined, '', 'null', '{}', '{"detail":{"orderId":5}}'])(
    'finds none in %p',
    (input) => {
      expect(orderIdOfInput(input)).toBeUndefined();
    },
  );
});

describe('findUnfinished()', () => {
  test.each(['PROCESSING', 'COMPENSATING'] as const)(
    'finds an order in %s unfinished',
    (status) => {
      expect(findUnfinished(aborted, { ...order, status })).toMatchObject({
        outcome: 'unfinished',
        executionArn: 'arn:mine',
        order: { orderId: 'ord-1', userId: 'usr-1' },
        failure: {
          Error: 'ExecutionAborted',
          Cause: 'The execution ended ABORTED before the order was finished',
        },
      });
    },
  );

  test("takes an operator's words for the cause, not for the error", () => {
    const stopped = { ...aborted, error: 'Oops', cause: 'Wrong warehouse' };

    expect(findUnfinished(stopped, order).failure).toEqual({
      Error: 'ExecutionAborted',
      Cause: 'Wrong warehouse',
    });
  });

  test('keeps the error that failed the execution', () => {
    const failed = { ...aborted, status: 'FAILED', error: 'E', cause: 'C' } as const;

    expect(findUnfinished(failed, order).failure).toEqual({ Error: 'E', Cause: 'C' });
  });

  test('finds a failed order unfinished while a compensation of it is', () => {
    const failed: StoredOrder = {
      ...order,
      status: 'FAILED',
      failure: { error: 'ShippingRefusedError', cause: 'No' },
      compensationFailures: [{ step: 'RefundPayment', error: 'PaymentUnavailableError' }],
    };

    expect(findUnfinished({ ...aborted, status: 'FAILED' }, failed)).toMatchObject({
      outcome: 'unfinished',
      failure: { Error: 'ShippingRefusedError', Cause: 'No' },
    });
    expect(
      findUnfinished({ ...aborted, status: 'FAILED' }, { ...failed, compensationFailures: [] }),
    ).toEqual({ outcome: 'nothing', executionArn: 'arn:mine', order: null, failure: null });
  });

  test('finds a confirmed order unannounced', () => {
    const confirmed: StoredOrder = { ...order, status: 'CONFIRMED', trackingId: 'SB1' };

    expect(findUnfinished(aborted, confirmed)).toMatchObject({
      outcome: 'unannounced',
      order: { trackingId: 'SB1', paymentId: '' },
      failure: null,
    });
  });

  test('finds a failed order that was never announced', () => {
    const failed: StoredOrder = { ...order, status: 'FAILED', compensationFailures: [] };

    expect(findUnfinished(aborted, { ...failed, open: 'OPEN' }).outcome).toBe('unannouncedFailure');
    expect(findUnfinished(aborted, failed).outcome).toBe('nothing');
  });

  test.each(['RUNNING', 'SUCCEEDED'] as const)('leaves one that is %s alone', (status) => {
    expect(findUnfinished({ ...aborted, status }, order).outcome).toBe('nothing');
  });

  test('looks after an order whose execution is forgotten', () => {
    expect(findUnfinished({ ...aborted, status: 'GONE' }, order)).toMatchObject({
      outcome: 'unfinished',
      failure: { Error: 'ExecutionGone' },
    });
  });

  test('leaves the order of another execution alone', () => {
    expect(findUnfinished({ ...aborted, executionArn: 'arn:other' }, order).outcome).toBe(
      'nothing',
    );
    expect(findUnfinished(aborted, undefined).outcome).toBe('nothing');
  });
});
