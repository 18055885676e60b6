import { describe, expect, test } from '@jest/globals';
import { PaymentTimeoutError } from '../../shared/errors.ts';
import { chargePayment } from './charge-payment.ts';

const request = {
  orderId: 'ord-1',
  idempotencyKey: 'ord-1-charge',
  amount: 4_900,
  currency: 'EUR',
  cardToken: 'tok_approve',
};

describe('chargePayment()', () => {
  test('charges under the key and answers the payment alone', async () => {
    const calls: unknown[] = [];
    const charge = async (...call: unknown[]) => {
      calls.push(call);
      return { paymentId: 'pay_1', status: 'charged' as const };
    };

    expect(await chargePayment({ charge }, request)).toEqual({ paymentId: 'pay_1' });
    const { idempotencyKey, ...body } = request;
    expect(calls).toEqual([[idempotencyKey, body]]);
  });

  test("passes the client's errors on", async () => {
    const charge = () => Promise.reject(new PaymentTimeoutError('No answer'));

    await expect(chargePayment({ charge }, request)).rejects.toThrow(PaymentTimeoutError);
  });
});
