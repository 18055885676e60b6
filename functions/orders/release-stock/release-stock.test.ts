import { describe, expect, test } from '@jest/globals';
import { giveBackTransaction, nextReleaseStep } from './release-stock.ts';

const items = [{ sku: 'lamp', quantity: 2 }];

describe('nextReleaseStep()', () => {
  test('gives a reservation back', () => {
    expect(nextReleaseStep({ orderId: 'ord-1', status: 'RESERVED', items })).toEqual({
      kind: 'give-back',
      items,
    });
  });

  test('has nothing to do for one that is released', () => {
    expect(nextReleaseStep({ orderId: 'ord-1', status: 'RELEASED', items })).toEqual({
      kind: 'done',
    });
  });

  test('bars a reservation that is not there yet', () => {
    expect(nextReleaseStep(undefined)).toEqual({ kind: 'bar' });
  });
});

describe('giveBackTransaction()', () => {
  test('adds to the stock only together with the mark that it was done', () => {
    const { TransactItems = [] } = giveBackTransaction(
      { reservations: 'R', inventory: 'I' },
      'ord-1',
      items,
    );

    expect(TransactItems[0]?.Update).toMatchObject({
      TableName: 'R',
      ConditionExpression: '#status = :reserved',
    });
    expect(TransactItems[1]?.Update).toMatchObject({
      TableName: 'I',
      Key: { sku: 'lamp' },
      ExpressionAttributeValues: { ':quantity': 2 },
    });
  });
});
