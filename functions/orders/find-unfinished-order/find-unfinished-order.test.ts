import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { safeParse } from 'valibot';
import type { StoredOrder } from '../stored-order.ts';
import { ExecutionEndedSchema, findUnfinished, orderIdOfInput } from './find-unfinished-order.ts';

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

describe('ExecutionEndedSchema', () => {
  test('reads an execution status change as EventBridge writes it, nulls included', () => {
    const event: unknown = JSON.parse(
      readFileSync('events/invoke/orders/find-unfinished-order.json', 'utf8'),
    );

    expect(safeParse(ExecutionEndedSchema, event).success).toBe(true);
  });
});

describe('orderIdOfInput()', () => {
  test('finds the id in the input of an execution', () => {
    expect(orderIdOfInput('{"detail":{"orderId":"ord-1"}}')).toBe('ord-1');
  });

  test.each([undefined, null, '', 'null', '{}', '{"detail":{"orderId":5}}'])(
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

  test('leaves the order of another execution alone', () => {
    expect(findUnfinished({ ...aborted, executionArn: 'arn:other' }, order).outcome).toBe(
      'nothing',
    );
    expect(findUnfinished(aborted, undefined).outcome).toBe('nothing');
  });
});
