import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'valibot';
import { type Order, OrderPlacedSchema } from './order-schema.ts';
import { payloadHash } from './payload-hash.ts';

const event: { detail: unknown } = JSON.parse(
  readFileSync('events/orders/order-placed.json', 'utf8'),
);
const order: Order = parse(OrderPlacedSchema, event.detail);

describe('payloadHash()', () => {
  test('does not depend on the order of the keys', () => {
    const reversed = Object.fromEntries(Object.entries(order).reverse());

    expect(payloadHash(parse(OrderPlacedSchema, reversed))).toBe(payloadHash(order));
  });

  test('leaves out when the order was placed', () => {
    expect(payloadHash({ ...order, placedAt: '2027-01-01T00:00:00.000Z' })).toBe(
      payloadHash(order),
    );
  });

  test('changes with everything that the customer asked for', () => {
    const others: readonly Order[] = [
      { ...order, orderId: 'ord-other' },
      { ...order, userId: 'usr-other' },
      { ...order, currency: 'USD' },
      { ...order, total: order.total + 1 },
      { ...order, lines: [...order.lines].reverse() },
      { ...order, payment: { cardToken: 'tok_other' } },
      { ...order, shipping: { ...order.shipping, method: 'freight' } },
      {
        ...order,
        shipping: { ...order.shipping, address: { ...order.shipping.address, city: 'Bonn' } },
      },
    ];

    const hashes = new Set([order, ...others].map(payloadHash));

    expect(hashes.size).toBe(others.length + 1);
  });
});
