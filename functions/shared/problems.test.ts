import { describe, expect, test } from '@jest/globals';
import { safeParse } from 'valibot';
import { OrderContentSchema } from '../orders/order-schema.ts';
import { inputProblems, problemsText } from './problems.ts';

describe('inputProblems()', () => {
  test('lists every problem at its path, and no value', () => {
    const { issues = [] } = safeParse(OrderContentSchema, {
      userId: 'usr 1',
      currency: 'EUR',
      lines: [{ sku: 'lamp', quantity: 0, unitPrice: '49' }],
      total: 1.5,
      payment: { cardToken: '4111111111111111' },
      shipping: { method: 'drone', address: { name: '', street: 'S', city: 'C', country: 'DE' } },
      coupon: 'SECRET',
    });

    const problems = inputProblems(issues);

    expect(problems).toEqual([
      { path: 'userId', message: 'Is not an id of 1 to 64 letters, digits, "-" and "_"' },
      { path: 'lines[0].quantity', message: 'Is not a whole number from 1 to 1000' },
      { path: 'lines[0].unitPrice', message: 'Is not of type number' },
      {
        path: 'total',
        message: 'Is not a whole number from 1 to 9007199254740991',
      },
      { path: 'payment.cardToken', message: 'Is not a card token such as tok_approve' },
      { path: 'shipping.method', message: 'Is not "standard" or "freight"' },
      { path: 'shipping.address.name', message: 'Is not a text of 1 to 120 characters' },
      { path: 'shipping.address.postalCode', message: 'Is missing' },
      { path: 'coupon', message: 'Is not a known field' },
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/4111|SECRET|drone/);
  });

  test('says that the whole is of the wrong type', () => {
    const { issues = [] } = safeParse(OrderContentSchema, 'order');

    expect(inputProblems(issues)).toEqual([{ path: '', message: 'Is not of type Object' }]);
  });
});

describe('problemsText()', () => {
  test('writes at most twenty problems on one line', () => {
    const problems = Array.from({ length: 22 }, (_, index) => ({
      path: index === 0 ? '' : `lines[${index}]`,
      message: 'Is wrong',
    }));

    const text = problemsText(problems);

    expect(text).toMatch(/^Is wrong; lines\[1\]: Is wrong; /);
    expect(text).toMatch(/lines\[19\]: Is wrong; and 2 more$/);
  });
});
