import { describe, expect, test } from '@jest/globals';
import type { PaymentState } from '../payment-client.ts';
import { lookUpPayment } from './look-up-payment.ts';

describe('lookUpPayment()', () => {
  test.each<PaymentState>([
    { status: 'charged', paymentId: 'pay_1' },
    { status: 'none' },
    { status: 'voided' },
  ])('answers %j', async (state) => {
    const keys: string[] = [];
    const lookUp = async (key: string) => {
      keys.push(key);
      return state;
    };

    expect(
      await lookUpPayment({ lookUp }, { orderId: 'ord-1', idempotencyKey: 'ord-1-charge' }),
    ).toEqual(state);
    expect(keys).toEqual(['ord-1-charge']);
  });
});
