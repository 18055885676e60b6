import { expect, test } from '@jest/globals';
import { approvedOrder } from './list-approvals.ts';

test('approvedOrder() says who ordered for how much', () => {
  const approval = { orderId: 'ord-1', userId: 'usr-ada', currency: 'EUR', total: 150_000 };

  expect(approvedOrder({ ...approval, taskToken: 'SECRET-TOKEN' })).toEqual({
    approvalId: 'ord-1',
    subject: 'Order of usr-ada over 150000 EUR (minor units)',
  });
});
