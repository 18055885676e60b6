import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createCachedSecret } from './payment-secret.ts';
import { createStripeClient } from './stripe-client.ts';
import { type Fate, startTestStripe, type TestStripe } from './test-stripe.ts';

const KEY = 'ord-1-charge';
const order = { orderId: 'ord-1', amount: 4_900, currency: 'EUR' };
const charge = { ...order, cardToken: 'pm_card_visa' };

let stripe: TestStripe;

beforeEach(async () => {
  stripe = await startTestStripe();
});
afterEach(() => stripe.close());

const clientOf = ({ url }: TestStripe, secret = 'sk_test') =>
  createStripeClient({
    baseUrl: url,
    timeoutMs: 5_000,
    secret: createCachedSecret(async () => secret),
  });

const statuses = () => stripe.intents().map(({ status, refunded }) => [status, refunded]);

describe('charge()', () => {
  test('creates an intent under the key and confirms it, in small letters', async () => {
    const payment = await clientOf(stripe).charge(KEY, charge);

    expect(payment).toEqual({ paymentId: 'pi_1', status: 'charged' });
    expect(stripe.intents()).toMatchObject([
      { amount: 4_900, currency: 'eur', metadata: { charge_key: KEY } },
    ]);
  });

  test('sends currencies without minor unit that Stripe keeps in hundredths as hundredths', async () => {
    await clientOf(stripe).charge(KEY, { ...charge, amount: 500, currency: 'ISK' });
    await clientOf(stripe).charge('other', { ...charge, amount: 500, currency: 'JPY' });

    expect(stripe.intents().map(({ amount }) => amount)).toEqual([50_000, 500]);
  });

  test.each(['pm_declined', 'pm_asks_the_bank'])('calls %s declined', async (cardToken) => {
    const asked = clientOf(stripe).charge(KEY, { ...charge, cardToken });

    await expect(asked).rejects.toMatchObject({ name: 'PaymentDeclinedError' });
    expect(statuses()).toEqual([['requires_payment_method', false]]);
  });

  test('is refused once the key was voided', async () => {
    await clientOf(stripe).refund({ key: KEY, paymentId: '', order });

    await expect(clientOf(stripe).charge(KEY, charge)).rejects.toMatchObject({
      name: 'PaymentVoidedError',
    });
  });

  test('is refused without the right secret', async () => {
    await expect(clientOf(stripe, 'sk_other').charge(KEY, charge)).rejects.toMatchObject({
      name: 'PaymentRequestRefusedError',
    });
  });
});

describe('lookUp()', () => {
  test('finds a charge whose answer was lost, before search does', async () => {
    stripe.fates = ['answered', 'lost'];
    await expect(clientOf(stripe).charge(KEY, charge)).rejects.toMatchObject({
      name: 'PaymentUnavailableError',
    });

    expect(await clientOf(stripe).lookUp(KEY, order)).toEqual({
      status: 'charged',
      paymentId: 'pi_1',
    });
  });

  test('finds one whose key is forgotten by search, and charges nothing by looking', async () => {
    await clientOf(stripe).charge(KEY, charge);
    stripe.forgetKeys();
    stripe.books.isSearchable = true;

    expect(await clientOf(stripe).lookUp(KEY)).toMatchObject({ status: 'charged' });
    expect(await clientOf(stripe).lookUp('never-seen', order)).toEqual({ status: 'none' });
    expect(await clientOf(stripe).lookUp('never-seen')).toEqual({ status: 'none' });
    expect(statuses().filter(([status]) => status === 'succeeded')).toHaveLength(1);
  });
});

describe('refund()', () => {
  test('gives a payment back by its id, once', async () => {
    const { paymentId } = await clientOf(stripe).charge(KEY, charge);

    expect(await clientOf(stripe).refund({ key: KEY, paymentId })).toEqual({ status: 'refunded' });
    expect(await clientOf(stripe).refund({ key: KEY, paymentId })).toEqual({ status: 'refunded' });
    expect(stripe.requests.filter((line) => line === 'POST /v1/refunds')).toHaveLength(1);
    expect(await clientOf(stripe).lookUp(KEY, order)).toMatchObject({ status: 'refunded' });
  });

  test('voids what was declined', async () => {
    await clientOf(stripe)
      .charge(KEY, { ...charge, cardToken: 'pm_declined' })
      .catch(() => undefined);

    expect(await clientOf(stripe).refund({ key: KEY, paymentId: '', order })).toEqual({
      status: 'voided',
    });
    expect(statuses()).toEqual([['canceled', false]]);
  });
});

test('whatever answers are lost, a key is charged once at most, and what was given back stays so', async () => {
  const step = fc.constantFrom('charge', 'lookUp', 'refund');
  const fate = fc.constantFrom<Fate>('answered', 'answered', 'lost', 'refused');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.array(fate), async (steps, fates) => {
      const own = await startTestStripe();
      own.fates = fates;
      const client = clientOf(own);
      let isBack = false;
      for (const one of steps) {
        try {
          if (one === 'charge') {
            await client.charge(KEY, charge);
            expect(isBack).toBe(false);
          } else if (one === 'lookUp') {
            const { status } = await client.lookUp(KEY, order);
            if (isBack) expect(status).not.toBe('charged');
          } else {
            await client.refund({ key: KEY, paymentId: '', order });
            isBack = true;
          }
        } catch (error) {
          if (!(error instanceof Error && error.name.startsWith('Payment'))) throw error;
        }
        const charged = own.intents().filter(({ status }) => status === 'succeeded');
        expect(charged.length).toBeLessThanOrEqual(1);
        if (isBack) expect(charged.every(({ refunded }) => refunded)).toBe(true);
      }
      own.close();
    }),
    { numRuns: 60 },
  );
});
