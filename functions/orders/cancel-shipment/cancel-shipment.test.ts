import { describe, expect, test } from '@jest/globals';
import { cancelUpdate } from './cancel-shipment.ts';

describe('cancelUpdate()', () => {
  test('cancels whatever is there, and takes the token away', () => {
    const update = cancelUpdate('Shipments', { orderId: 'ord-1', cancelledAt: '2026-11-22' });

    expect(update.ConditionExpression).toBeUndefined();
    expect(update.UpdateExpression).toContain('REMOVE taskToken');
  });
});
