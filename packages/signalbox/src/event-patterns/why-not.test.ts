import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../core/json.ts';
import { parsePattern } from './parse-pattern.ts';
import { whyNot, whyNotText } from './why-not.ts';

function why(pattern: Json, event: JsonObject): string | undefined {
  const result = parsePattern(pattern);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  const reason = whyNot(result.value, event);
  return reason && whyNotText(reason);
}

describe('whyNot()', () => {
  test('returns nothing for an event that matches', () => {
    expect(why({ source: ['a'] }, { source: 'a' })).toBeUndefined();
  });

  test('names the first field that fails, in the order of the pattern', () => {
    expect(
      why(
        { source: ['shop'], detail: { total: [{ numeric: ['>', 100] }], country: ['NL'] } },
        { source: 'shop', detail: { total: 80 } },
      ),
    ).toBe('detail.total: expected [{"numeric":[">",100]}], found 80');
  });

  test('names a field that is not there', () => {
    expect(why({ detail: { id: [{ exists: true }] } }, { detail: {} })).toBe(
      'detail.id: expected [{"exists":true}], found nothing',
    );
  });

  test('shows all values of an array', () => {
    expect(why({ tags: ['c'] }, { tags: ['a', 'b'] })).toBe(
      'tags: expected ["c"], found "a" and "b"',
    );
  });

  test('names the nearest branch of $or', () => {
    expect(
      why(
        {
          $or: [
            { a: [1], b: [1], c: [1] },
            { a: [1], d: [1] },
          ],
        },
        { a: 1, b: 1, c: 2 },
      ),
    ).toBe('c: expected [1], found 2');
  });

  test('says that fields fit in different elements of an array only', () => {
    expect(
      why({ orders: { sku: ['a'], paid: [true] } }, { orders: [{ sku: 'a' }, { paid: true }] }),
    ).toBe(
      'orders.sku with orders.paid: expected ["a"] with [true], found these only in different elements of an array',
    );
  });
});
