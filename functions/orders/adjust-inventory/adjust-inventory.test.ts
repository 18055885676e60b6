import { describe, expect, test } from '@jest/globals';
import { safeParse } from 'valibot';
import { AdjustmentSchema, adjustTransaction, refusalOf } from './adjust-inventory.ts';

const adjustment = { adjustmentId: 'delivery-1', change: 10, reason: 'Delivery' };
const by = { caller: 'arn:ada', at: '2026-11-22T09:30:00.000Z' };
const tables = { ledger: 'Ledger', inventory: 'Inventory' };

describe('AdjustmentSchema', () => {
  test.each([
    [{}, true],
    [{ change: -3 }, true],
    [{ change: 0 }, false],
    [{ change: 1.5 }, false],
    [{ change: 1_000_001 }, false],
    [{ adjustmentId: 'a b' }, false],
    [{ reason: '' }, false],
    [{ note: '' }, false],
  ])('reads %j: %p', (changes, isValid) => {
    expect(safeParse(AdjustmentSchema, { ...adjustment, ...changes }).success).toBe(isValid);
  });
});

describe('adjustTransaction()', () => {
  test('counts an adjustment once, and takes no more than is available', () => {
    const [entry, stock] =
      adjustTransaction(tables, 'lamp', { ...adjustment, change: -3 }, by).TransactItems ?? [];

    expect(entry?.Put).toMatchObject({
      Item: { sku: 'lamp', change: -3, by: 'arn:ada' },
      ConditionExpression: 'attribute_not_exists(adjustmentId)',
    });
    expect(stock?.Update).toMatchObject({
      ConditionExpression: 'available >= :taken',
      ExpressionAttributeValues: { ':taken': 3 },
    });
  });
});

describe('refusalOf()', () => {
  test.each([
    [['ConditionalCheckFailed', 'None'], 'known'],
    [['None', 'ConditionalCheckFailed'], 'too-little'],
    [['None', 'TransactionConflict'], undefined],
    [[], undefined],
  ])('%j: %p', (codes, refusal) => {
    expect(refusalOf(codes)).toBe(refusal);
  });
});
