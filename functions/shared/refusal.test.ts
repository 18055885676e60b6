import { describe, expect, test } from '@jest/globals';
import { PaymentDeclinedError, PaymentTimeoutError } from './errors.ts';
import { isRefusal } from './refusal.ts';

describe('isRefusal()', () => {
  test('is so of what a function is there to say, and not of its faults', () => {
    expect(isRefusal(new PaymentDeclinedError('No'))).toBe(true);
    expect(isRefusal(new PaymentTimeoutError('Silence'))).toBe(false);
    expect(isRefusal(new TypeError('A bug'))).toBe(false);
    expect(isRefusal('No')).toBe(false);
  });
});
