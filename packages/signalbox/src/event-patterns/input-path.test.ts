import { describe, expect, test } from '@jest/globals';
import type { Json } from '../core/json.ts';
import { parseInputPath, valueAt } from './input-path.ts';

const EVENT: Json = {
  'detail-type': 'OrderPlaced',
  detail: { paid: false, none: null, items: [{ sku: 'a' }, { sku: 'b' }], 'odd.name': 1 },
};

function find(text: string): Json | undefined {
  const path = parseInputPath(text);
  if (!path.ok) throw new Error(path.problems[0]?.message);
  return valueAt(path.value, EVENT);
}

describe('parseInputPath()', () => {
  test.each(['detail', '$detail', '$.', '$.a..b', '$.a[x]', '$.a[0', ''])('refuses %j', (text) => {
    expect(parseInputPath(text)).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining(`Cannot read path "${text}"`) }],
    });
  });
});

describe('valueAt()', () => {
  test.each<[string, Json | undefined]>([
    ['$', EVENT],
    ['$.detail-type', 'OrderPlaced'],
    ['$.detail.paid', false],
    ['$.detail.none', null],
    ['$.detail.items[1].sku', 'b'],
    ['$.detail.items[*].sku', ['a', 'b']],
    ['$.detail.items.*.sku', ['a', 'b']],
    ["$.detail['odd.name']", 1],
    ['$.detail.items[2]', undefined],
    ['$.detail.paid.more', undefined],
    ['$.detail.items.sku', undefined],
  ])('follows %s', (text, expected) => {
    expect(find(text)).toEqual(expected);
  });
});
