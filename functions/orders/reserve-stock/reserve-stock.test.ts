import { describe, expect, test } from '@jest/globals';
import { acceptExisting, refusal, reserveTransaction } from './reserve-stock.ts';

const request = {
  orderId: 'ord-1',
  lines: [
    { sku: 'lamp', quantity: 1, unitPrice: 4_900 },
    { sku: 'bulb', quantity: 2, unitPrice: 350 },
    { sku: 'bulb', quantity: 1, unitPrice: 300 },
  ],
};

describe('reserveTransaction()', () => {
  test('puts the reservation first, then takes each item once', () => {
    const { TransactItems = [] } = reserveTransaction(
      { reservations: 'Reservations', inventory: 'Inventory' },
      request,
    );

    expect(TransactItems[0]?.Put?.Item).toEqual({
      orderId: 'ord-1',
      status: 'RESERVED',
      items: [
        { sku: 'lamp', quantity: 1 },
        { sku: 'bulb', quantity: 3 },
      ],
    });
    expect(TransactItems.slice(1).map(({ Update }) => Update?.Key)).toEqual([
      { sku: 'lamp' },
      { sku: 'bulb' },
    ]);
  });

  test('stays within the hundred items of a transaction for the largest order', () => {
    const lines = Array.from({ length: 50 }, (_, index) => ({
      sku: `sku-${index}`,
      quantity: 1,
      unitPrice: 1,
    }));

    const { TransactItems } = reserveTransaction(
      { reservations: 'R', inventory: 'I' },
      { orderId: 'ord-1', lines },
    );

    expect(TransactItems).toHaveLength(51);
  });
});

describe('refusal()', () => {
  test('names the items that are short', () => {
    expect(refusal(request, ['None', 'None', 'ConditionalCheckFailed'])).toMatchObject({
      name: 'OutOfStockError',
      message: 'Not enough in stock: bulb',
    });
  });

  test('sees the reservation of an earlier attempt before the stock it took', () => {
    expect(refusal(request, ['ConditionalCheckFailed', 'ConditionalCheckFailed', 'None'])).toBe(
      'reservation-exists',
    );
  });

  test('tells a lost race from a lack', () => {
    expect(refusal(request, ['None', 'TransactionConflict', 'None'])).toMatchObject({
      name: 'StockContentionError',
    });
  });

  test('leaves every other error alone', () => {
    expect(refusal(request, [])).toBeUndefined();
    expect(refusal(request, ['ValidationError', 'None', 'None'])).toBeUndefined();
  });
});

describe('acceptExisting()', () => {
  test('accepts a reservation and refuses one that was released', () => {
    expect(() => acceptExisting({ status: 'RESERVED' })).not.toThrow();
    for (const existing of [{ status: 'RELEASED' } as const, undefined]) {
      expect(() => acceptExisting(existing)).toThrow(
        expect.objectContaining({ name: 'ReservationReleasedError' }),
      );
    }
  });
});
