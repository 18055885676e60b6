import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { memberPathOf, readMember } from './member-path.ts';

const NAMES = ['a', 'b', 'constructor', 'x y'];
const name = fc.constantFrom(...NAMES);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom(null, 0, 1.5, '', 'text', true),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
})).value;

describe('memberPathOf()', () => {
  it.each([
    ['$states.input', { variable: 'states', names: ['input'] }],
    ['$order', { variable: 'order', names: [] }],
    ['$states.input."x y".b', { variable: 'states', names: ['input', 'x y', 'b'] }],
  ])('reads %s', (source, expected) => {
    expect(memberPathOf(jsonata(source).ast())).toEqual(expected);
  });

  it.each([
    '$',
    '$.a',
    '$states.input[0]',
    '$states.input[]',
    '$states.*',
    '$states.(input)',
    '$states.input{a: b}',
    '$states.input^(a)',
    '$states.input@$i.a',
    '$states.input.%.a',
    '$uuid()',
    '1',
  ])('leaves %s to the library', (source) => {
    expect(memberPathOf(jsonata(source).ast())).toBeUndefined();
  });
});

describe('readMember()', () => {
  it('returns what the library returns, or leaves it to the library', async () => {
    const paths = fc.array(name, { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(value, paths, async (input, names) => {
        const source = ['$states', ...names.map((each) => JSON.stringify(each))].join('.');
        const expression = jsonata(source);
        const path = memberPathOf(expression.ast());
        if (path === undefined) throw new Error(`Not read: ${source}`);
        const member = readMember(path, { states: input });
        if (member !== undefined) {
          const expected: unknown = await expression.evaluate(undefined, { states: input });
          expect(JSON.stringify(member.value)).toBe(JSON.stringify(expected));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves lists on the way, and functions, to the library', () => {
    const path = { variable: 'states', names: ['a'] };
    expect(readMember(path, { states: [{ a: 1 }] })).toBeUndefined();
    expect(readMember(path, { states: { _jsonata_function: true } })).toBeUndefined();
  });
});
