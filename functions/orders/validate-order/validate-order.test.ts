import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { orderIdOf, validateOrder } from './validate-order.ts';

const event: { detail: Record<string, unknown> } = JSON.parse(
  readFileSync('events/orders/order-placed.json', 'utf8'),
);

function withDetail(change: object): object {
  return { ...event, detail: { ...event.detail, ...change } };
}

describe('validateOrder()', () => {
  test('answers the order with its time in milliseconds, and its hash', () => {
    const { order, payloadHash } = validateOrder(event);

    expect(order).toEqual({ ...event.detail, placedAt: '2026-11-22T09:30:00.000Z' });
    expect(payloadHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('gives a redelivered order the same hash, and another content another', () => {
    const again = validateOrder(withDetail({ placedAt: '2026-11-22T09:30:01Z' }));
    const other = validateOrder(withDetail({ userId: 'usr-other' }));

    expect(again.payloadHash).toBe(validateOrder(event).payloadHash);
    expect(other.payloadHash).not.toBe(validateOrder(event).payloadHash);
  });

  test.each([
    [null, /^The event is no valid order: Is /],
    [{}, /Is /],
    [{ detail: [] }, /version: Is missing/],
    [withDetail({ version: 2 }), /version: Is not 1/],
    [withDetail({ total: 1 }), /total: Is not the sum of the lines/],
    [withDetail({ lines: [] }), /lines: Has no line/],
    [withDetail({ placedAt: 'yesterday' }), /placedAt: Is not a UTC time/],
  ])('refuses %j', (bad, message) => {
    expect(() => validateOrder(bad)).toThrow(
      expect.objectContaining({
        name: 'InvalidOrderError',
        message: expect.stringMatching(message),
      }),
    );
  });

  test('names every problem and repeats no value', () => {
    const bad = withDetail({ userId: '', currency: 'secret', payment: { cardToken: '4111' } });

    expect(() => validateOrder(bad)).toThrow(/userId: .*; currency: .*; payment\.cardToken: /);
    expect(() => validateOrder(bad)).not.toThrow(/4111|secret/);
  });
});

describe('orderIdOf()', () => {
  test('finds an id where there is one', () => {
    expect(orderIdOf(event)).toBe('ord-9d1f20');
    expect(orderIdOf({ detail: { orderId: 'a b' } })).toBeUndefined();
    expect(orderIdOf(undefined)).toBeUndefined();
  });
});
