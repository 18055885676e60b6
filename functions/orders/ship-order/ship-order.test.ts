import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cancelledAnswer, decideShipping, type ShipOrder, trackingIdOf } from './ship-order.ts';

const order: ShipOrder = {
  taskToken: 'T',
  orderId: 'ord-1',
  lines: [{ sku: 'lamp', quantity: 1, unitPrice: 4_900 }],
  shipping: {
    method: 'standard',
    address: { name: 'Ada', street: 'Row 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
  },
};

function to(country: string, method: 'standard' | 'freight' = 'standard'): ShipOrder {
  const { address } = order.shipping;
  return { ...order, shipping: { method, address: { ...address, country } } };
}

describe('decideShipping()', () => {
  test('books a parcel under a tracking id', () => {
    expect(decideShipping(order)).toEqual({ kind: 'book', trackingId: trackingIdOf('ord-1') });
  });

  test("leaves freight to the carrier's desk", () => {
    expect(decideShipping(to('DE', 'freight'))).toEqual({ kind: 'await-carrier' });
  });

  test.each(['standard', 'freight'] as const)('refuses %s to where it does not ship', (method) => {
    expect(decideShipping(to('AQ', method))).toMatchObject({
      kind: 'refuse',
      answer: {
        kind: 'failure',
        error: { name: 'ShippingRefusedError', message: 'The warehouse does not ship to AQ' },
      },
    });
  });
});

describe('trackingIdOf()', () => {
  test('is the same each time, and another for another order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 2 }),
        ([a = '', b = '']) => {
          expect(trackingIdOf(a)).toBe(trackingIdOf(a));
          expect(trackingIdOf(a)).toMatch(/^SB[0-9A-F]{12}$/);
          expect(trackingIdOf(a)).not.toBe(trackingIdOf(b));
        },
      ),
    );
  });
});

describe('cancelledAnswer()', () => {
  test('tells the workflow that the compensation came first', () => {
    expect(cancelledAnswer({ status: 'CANCELLED' })).toMatchObject({
      kind: 'failure',
      error: { name: 'ShipmentCancelledError' },
    });
  });
});
