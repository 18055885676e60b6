import { describe, expect, test } from '@jest/globals';
import { requestedOrderId } from './get-order.ts';

describe('requestedOrderId()', () => {
  test('reads an id, and nothing that cannot be one', () => {
    expect(requestedOrderId({ pathParameters: { orderId: 'ord-1' } })).toBe('ord-1');
    expect(requestedOrderId({ pathParameters: { orderId: '../users' } })).toBeUndefined();
    expect(requestedOrderId({})).toBeUndefined();
  });
});
