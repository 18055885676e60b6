import type jsonata from 'jsonata';
import { compareDecimals } from '../../core/exact-json/decimal.ts';
import { ExactNumber, isJsonNumber } from '../../core/exact-json/exact-number.ts';
import { isDeepEqual } from '../deep-equal.ts';
import { isData, ofInteger } from './jsonata-values.ts';

/** Whole numbers of so many digits may be no doubles. */
const LONG_LITERAL = /\d{16}/;

/** Says whether an expression has a whole number that a double may not hold. */
export function hasLongLiteral(source: string): boolean {
  return LONG_LITERAL.test(source);
}

/**
 * Lets an expression calculate with whole numbers beyond what doubles hold: its operators become calls of
 * functions that know them, and its literals keep their digits.
 */
export function makeExact(expression: jsonata.Expression, source: string): void {
  rewrite(expression.ast(), source);
  for (const [name, run] of FUNCTIONS) expression.registerFunction(name, run);
}

type Node = Record<string, unknown>;

function rewrite(value: unknown, source: string): void {
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return;
  for (const member of Object.values(value)) rewrite(member, source);
  if (isNode(value)) rewriteNode(value, source);
}

function isNode(value: object): value is Node {
  return 'type' in value;
}

function rewriteNode(node: Node, source: string): void {
  const { type, value } = node;
  if (type === 'number') {
    node['value'] = literalOf(node, source);
  } else if (type === 'binary' && OPERATORS.has(String(value))) {
    becomeCall(node, `exact ${String(value)}`, [node['lhs'], node['rhs']]);
  } else if (type === 'unary' && value === '-') {
    becomeCall(node, 'exact negative', [node['expression']]);
  } else if (type === 'binary' && value === '&') {
    node['lhs'] = textOf(node['lhs']);
    node['rhs'] = textOf(node['rhs']);
  } else if (type === 'function' && isVariable(node['procedure'], 'string')) {
    const given: readonly unknown[] = Array.isArray(node['arguments']) ? node['arguments'] : [];
    node['arguments'] = given.map((argument, at) => (at === 0 ? textOf(argument) : argument));
  }
}

function literalOf({ value, position }: Node, source: string): unknown {
  const [digits] = /\d+$/.exec(source.slice(0, Number(position))) ?? [];
  if (digits === undefined || Number(digits) !== Math.abs(Number(value))) return value;
  return ofInteger(BigInt(digits) * (Number(value) < 0 ? -1n : 1n));
}

function becomeCall(node: Node, name: string, args: readonly unknown[]): void {
  Object.assign(node, call(name, args), { position: node['position'] });
}

function call(name: string, args: readonly unknown[]): Node {
  return {
    type: 'function',
    value: '(',
    procedure: { type: 'variable', value: name, position: 0 },
    arguments: args,
  };
}

function textOf(node: unknown): Node {
  return call('exact text', [node]);
}

function isVariable(node: unknown, name: string): boolean {
  return (
    typeof node === 'object' &&
    node !== null &&
    'type' in node &&
    node.type === 'variable' &&
    'value' in node &&
    node.value === name
  );
}

type Value = number | ExactNumber;

const ARITHMETIC: Readonly<
  Record<string, readonly [(a: number, b: number) => number, (a: bigint, b: bigint) => bigint]>
> = {
  '+': [(a, b) => a + b, (a, b) => a + b],
  '-': [(a, b) => a - b, (a, b) => a - b],
  '*': [(a, b) => a * b, (a, b) => a * b],
  '%': [(a, b) => a % b, (a, b) => a % b],
};

const ORDERINGS: Readonly<Record<string, (difference: number) => boolean>> = {
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

const OPERATORS: ReadonlySet<string> = new Set([
  ...Object.keys(ARITHMETIC),
  ...Object.keys(ORDERINGS),
  ...['/', '=', '!='],
]);

const FUNCTIONS: ReadonlyMap<string, (...args: readonly unknown[]) => unknown> = new Map([
  ...Object.entries(ARITHMETIC).map(
    ([operator, [ofDoubles, ofIntegers]]): Entry => [
      `exact ${operator}`,
      (left, right) => calculate(operator, left, right, ofDoubles, ofIntegers),
    ],
  ),
  ...Object.keys(ORDERINGS).map(
    (operator): Entry => [`exact ${operator}`, (left, right) => compare(operator, left, right)],
  ),
  ['exact /', (left, right) => calculate('/', left, right, (a, b) => a / b, undefined)],
  ['exact =', (left, right) => areEqual(left, right)],
  [
    'exact !=',
    (left, right) => left !== undefined && right !== undefined && !areEqual(left, right),
  ],
  [
    'exact negative',
    (value) =>
      calculate(
        '-',
        0,
        value,
        (a, b) => a - b,
        (a, b) => a - b,
      ),
  ],
  ['exact text', (value) => (value instanceof ExactNumber ? value.text : value)],
]);

type Entry = [string, (...args: readonly unknown[]) => unknown];

function calculate(
  token: string,
  left: unknown,
  right: unknown,
  ofDoubles: (a: number, b: number) => number,
  ofIntegers: ((a: bigint, b: bigint) => bigint) | undefined,
): Value | undefined {
  if (left !== undefined && !isJsonNumber(left)) throw { code: 'T2001', token, value: left };
  if (right !== undefined && !isJsonNumber(right)) throw { code: 'T2002', token, value: right };
  if (left === undefined || right === undefined) return undefined;
  const [a, b] = [integerOf(left), integerOf(right)];
  const isExact = ofIntegers !== undefined && a !== undefined && b !== undefined;
  if (!isExact || (token === '%' && b === 0n)) return ofDoubles(Number(left), Number(right));
  return ofInteger(ofIntegers(a, b));
}

/** A whole number that fits a long; a double beyond one is no integer any more. */
function integerOf(value: Value): bigint | undefined {
  if (value instanceof ExactNumber) return BigInt(value.text);
  return Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

function compare(token: string, left: unknown, right: unknown): boolean | undefined {
  for (const value of [left, right]) {
    const isComparable = value === undefined || typeof value === 'string' || isJsonNumber(value);
    if (!isComparable) throw { code: 'T2010', token, value };
  }
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === 'string' && typeof right === 'string') {
    return ORDERINGS[token]?.(Number(left > right) - Number(left < right));
  }
  if (!isJsonNumber(left) || !isJsonNumber(right)) {
    throw { code: 'T2009', token, value: left, value2: right };
  }
  return ORDERINGS[token]?.(compareDecimals(String(left), String(right)) ?? 0);
}

function areEqual(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return false;
  if (isJsonNumber(left) && isJsonNumber(right)) {
    return compareDecimals(String(left), String(right)) === 0;
  }
  return isData(left) && isData(right) && isDeepEqual(left, right);
}
