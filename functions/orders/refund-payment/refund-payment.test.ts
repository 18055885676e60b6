import { describe, expect, test } from '@jest/globals';
import { refundPayment } from './refund-payment.ts';

describe('refundPayment()', () => {
  test.each(['refunded', 'voided'] as const)('answers %s', async (status) => {
    const keys: string[] = [];
    const refund = async (key: string) => {
      keys.push(key);
      return { status };
    };

    expect(
      await refundPayment({ refund }, { orderId: 'ord-1', idempotencyKey: 'ord-1-charge' }),
    ).toEqual({ status });
    expect(keys).toEqual(['ord-1-charge']);
  });
});
