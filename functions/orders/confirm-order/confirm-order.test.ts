import { describe, expect, test } from '@jest/globals';
import { acceptConfirmed, timeToConfirmationMs } from './confirm-order.ts';

describe('acceptConfirmed()', () => {
  test('accepts its own earlier confirmation', () => {
    expect(() =>
      acceptConfirmed({ status: 'CONFIRMED', executionArn: 'arn:mine' }, 'arn:mine'),
    ).not.toThrow();
  });

  test.each([
    [{ status: 'COMPENSATING', executionArn: 'arn:mine' } as const],
    [{ status: 'FAILED', executionArn: 'arn:mine' } as const],
    [{ status: 'CONFIRMED', executionArn: 'arn:other' } as const],
    [undefined],
  ])('refuses %j', (existing) => {
    expect(() => acceptConfirmed(existing, 'arn:mine')).toThrow(
      expect.objectContaining({ name: 'OrderNotConfirmableError' }),
    );
  });
});

describe('timeToConfirmationMs()', () => {
  const request = { orderId: 'o', executionArn: 'a', paymentId: 'p', trackingId: 't' };

  test('is the time since the execution began, and never negative', () => {
    const startedAt = '2026-11-22T09:30:00.250Z';

    expect(
      timeToConfirmationMs({ ...request, startedAt, confirmedAt: '2026-11-22T09:30:02.731Z' }),
    ).toBe(2_481);
    expect(
      timeToConfirmationMs({ ...request, startedAt, confirmedAt: '2026-11-22T09:29:59.000Z' }),
    ).toBe(0);
  });
});
