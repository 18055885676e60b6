import { describe, expect, test } from '@jest/globals';
import type { RefundRequest } from '../payment-client.ts';
import { refundPayment } from './refund-payment.ts';

describe('refundPayment()', () => {
  test.each(['refunded', 'voided'] as const)('returns %s', async (status) => {
    const charges: RefundRequest[] = [];
    const refund = async (charge: RefundRequest) => {
      charges.push(charge);
      return { status };
    };
    const charged = { orderId: 'ord-1', amount: 4_900, currency: 'EUR' };
    const request = { ...charged, idempotencyKey: 'ord-1-charge', paymentId: 'pay_1' };

    expect(await refundPayment({ refund }, request)).toEqual({ status });
    expect(charges).toEqual([{ key: 'ord-1-charge', paymentId: 'pay_1', order: charged }]);
  });
});
