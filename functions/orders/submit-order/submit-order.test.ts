import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'valibot';
import { OrderContentSchema } from '../order-schema.ts';
import { isIdempotencyKey, newOrderId, orderPlaced, scopedKey, toOrder } from './submit-order.ts';

const invoke: { body: string } = JSON.parse(
  readFileSync('events/invoke/orders/submit-order.json', 'utf8'),
);
const content = parse(OrderContentSchema, JSON.parse(invoke.body));

describe('scopedKey()', () => {
  test("is each caller's own, and none where there is none", () => {
    expect(scopedKey('key', 'arn:shop')).toBe(scopedKey('key', 'arn:shop'));
    expect(scopedKey('key', 'arn:shop')).not.toBe(scopedKey('key', 'arn:other'));
    expect(scopedKey('key', undefined)).toBe('key');
    expect(scopedKey(null, 'arn:shop')).toBeNull();
  });
});

describe('newOrderId()', () => {
  test('follows from the idempotency key and the content', () => {
    const submission = { idempotencyKey: 'key-1', content };

    expect(newOrderId(submission)).toBe(newOrderId(structuredClone(submission)));
    expect(newOrderId(submission)).not.toBe(newOrderId({ ...submission, idempotencyKey: 'key-2' }));
    expect(newOrderId(submission)).not.toBe(
      newOrderId({ ...submission, content: { ...content, userId: 'usr-other' } }),
    );
  });

  test('is another each time without a key', () => {
    const ids = Array.from({ length: 100 }, () => newOrderId({ idempotencyKey: null, content }));

    expect(new Set(ids).size).toBe(100);
  });
});

describe('isIdempotencyKey()', () => {
  test.each([
    ['4f1c0e0a-2b1d', true],
    ['k'.repeat(255), true],
    ['k'.repeat(256), false],
    ['', false],
    ['two words', false],
    ['schlüssel', false],
  ])('tells %p: %p', (text, isKey) => {
    expect(isIdempotencyKey(text)).toBe(isKey);
  });
});

describe('orderPlaced()', () => {
  test('keeps the contract', () => {
    const orderId = newOrderId({ idempotencyKey: null, content });
    const entry = orderPlaced(
      'orders',
      toOrder({ content, submittedBy: undefined }, orderId, '2026-11-22T09:30:00.000Z'),
    );
    const schema = JSON.parse(readFileSync('events/orders/order-placed.schema.json', 'utf8'));
    const validate = new Ajv().compile(schema);

    validate({
      'detail-type': entry.DetailType,
      source: entry.Source,
      detail: JSON.parse(entry.Detail ?? ''),
    });

    expect(validate.errors).toBeNull();
  });
});
