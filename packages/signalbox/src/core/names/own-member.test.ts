import { expect, test } from '@jest/globals';
import { ownMember, setOwnMember } from './own-member.ts';

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

test.each(NAMES)('a record has no %s until it is set', (name) => {
  const record: Record<string, number> = {};
  expect(ownMember(record, name)).toBeUndefined();
  setOwnMember(record, name, 1);
  expect(ownMember(record, name)).toBe(1);
  expect(Object.keys(record)).toEqual([name]);
  expect(JSON.stringify(record)).toBe(`{"${name}":1}`);
});
