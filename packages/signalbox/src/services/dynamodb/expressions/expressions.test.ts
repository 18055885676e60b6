import { expect, test } from '@jest/globals';
import { parseCondition } from './condition.ts';
import type { AttributeValue, ExpressionContext } from './expression-context.ts';
import { parseProjection } from './projection.ts';
import { parseUpdate } from './update.ts';

const VALUES: Readonly<Record<string, AttributeValue>> = { ':a': { S: 'x' }, ':n': { N: '1' } };

function contextOf(attrVals = VALUES): ExpressionContext {
  return {
    attrNames: { '#a': 'alpha' },
    attrVals,
    unusedAttrNames: {},
    unusedAttrVals: {},
    isReserved: () => false,
    compare: () => false,
  };
}

test('each value is looked up once, however deep it stands in parentheses', () => {
  let lookUps = 0;
  const counted = new Proxy(VALUES, {
    get(values, name) {
      lookUps += 1;
      return typeof name === 'string' ? values[name] : undefined;
    },
  });
  const pairs = 120;
  const expression = `${'('.repeat(pairs)}a = :a${') AND a = :a'.repeat(pairs)}`;
  parseCondition(expression, contextOf(counted));
  expect(lookUps).toBe(pairs + 1);
});

test('300 operators are read, and 301 are refused with the sentence of DynamoDB', () => {
  const conditions = (count: number) => Array(count).fill('a=:a').join(' OR ');
  expect(() => parseCondition(conditions(150), contextOf())).not.toThrow();
  expect(() => parseCondition(conditions(151), contextOf())).toThrow(
    'The expression contains too many operators; operator count: 301',
  );
});

test('an update may assign more than 300 attributes: an assignment is no operator', () => {
  const changes = Array.from({ length: 320 }, (_, at) => `a${at}=:a`);
  expect(parseUpdate(`SET ${changes.join(',')}`, contextOf()).sections).toHaveLength(320);
});

test.each([
  ['condition', parseCondition],
  ['update', parseUpdate],
  ['projection', parseProjection],
])('a %s of more than 4 KB is refused, counted in bytes', (_, parse) => {
  expect(() => parse('\u00e9'.repeat(2049), contextOf())).toThrow(
    'Expression size has exceeded the maximum allowed size; expression size: 4098',
  );
});

test('parentheses and calls nested without end are refused, and no stack overflows', () => {
  expect(() => parseCondition('('.repeat(4000), contextOf())).toThrow('too many operators');
  expect(() => parseUpdate(`SET a = ${'('.repeat(4000)}`, contextOf())).toThrow(
    'too many operators',
  );
});

test.each([
  ['a = ', '<EOF>', '= '],
  ['_id = :a', '_', '_id'],
  ['a == :a', '=', '== :a'],
  ['a = :a b', 'b', ':a b'],
  ['a', '<EOF>', 'a'],
  ['NOT a AND b = :a', 'AND', 'a AND b'],
  ['a = :a AND (b)', '<EOF>', ')'],
])('a syntax error names the token and what stands around it: %s', (expression, token, near) => {
  expect(() => parseCondition(expression, contextOf())).toThrow(
    `Syntax error; token: "${token}", near: "${near}"`,
  );
});

test('a path may go on behind parentheses, and NOT may stand before NOT', () => {
  const { expression, nestedPaths } = parseCondition('NOT NOT (a).b[1] = :a', contextOf());
  const comparison = { type: '=', args: [['a', 'b', 1], { S: 'x' }] };
  expect(expression).toEqual({ type: 'not', args: [{ type: 'not', args: [comparison] }] });
  expect(nestedPaths).toEqual({ a: true });
});

test('a keyword needs no space before a placeholder', () => {
  const { expression } = parseCondition('a = :a AND#a = :n', contextOf());
  expect(expression).toMatchObject({ type: 'and', args: [{}, { args: [['alpha'], { N: '1' }] }] });
});

test('a function of the other kind of expression is refused as such', () => {
  expect(() => parseCondition('if_not_exists(a, :a)', contextOf())).toThrow(
    'The function is not allowed in a condition expression; function: if_not_exists',
  );
  expect(() => parseUpdate('SET a = size(b)', contextOf())).toThrow(
    'The function is not allowed in an update expression; function: size',
  );
});

test('IN takes 100 members and refuses 101', () => {
  const members = (count: number) => `a IN (${Array(count).fill(':a').join(', ')})`;
  expect(() => parseCondition(members(100), contextOf())).not.toThrow();
  expect(() => parseCondition(members(101), contextOf())).toThrow(
    'The IN operator is provided with too many operands; number of operands: 101',
  );
});

test('an index of a list beyond 32 bits is refused', () => {
  expect(() => parseProjection('a[2147483648]', contextOf())).toThrow(
    'List index is not within the allowable range; index: [2147483648]',
  );
});
