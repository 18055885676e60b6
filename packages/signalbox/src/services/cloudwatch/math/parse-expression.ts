import { ownMember } from '../../../core/names/own-member.ts';
import { type BinaryOperator, type Expression, MathFailure } from './expression.ts';
import { checkFunction } from './functions.ts';

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|"([^"]*)"|'([^']*)'|(==|!=|<=|>=|&&|\|\||[-+*/^<>(),[\]]))/y;

type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'sign'; readonly sign: string };

/** Operators by how loosely they bind; those of one row bind alike. */
const LEVELS: readonly Readonly<Record<string, BinaryOperator>>[] = [
  { OR: 'OR', '||': 'OR' },
  { AND: 'AND', '&&': 'AND' },
  { '==': '==', '!=': '!=', '<=': '<=', '>=': '>=', '<': '<', '>': '>' },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/' },
];

/**
 * Parses a metric math expression.
 * @throws {MathFailure} When it does not parse, or calls a function that is not rehearsed.
 */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  const reader = { tokens, at: 0 };
  const expression = parseLevel(reader, 0);
  const rest = reader.tokens[reader.at];
  if (rest !== undefined) throw new MathFailure(`Unexpected ${wordOf(rest)} in "${text}"`);
  return expression;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null)
      throw new MathFailure(`Unexpected "${text.slice(from).trim()}" in "${text}"`);
    const [, number, name, double, single, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) });
    else if (name !== undefined) tokens.push({ kind: 'name', name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', sign });
    else tokens.push({ kind: 'text', value: double ?? single ?? '' });
  }
  return tokens;
}

interface TokenReader {
  readonly tokens: readonly Token[];
  at: number;
}

function parseLevel(reader: TokenReader, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(reader);
  let left = parseLevel(reader, level + 1);
  for (;;) {
    const operator = ownMember(operators, wordOf(reader.tokens[reader.at]));
    if (operator === undefined) return left;
    reader.at += 1;
    left = { kind: 'binary', operator, left, right: parseLevel(reader, level + 1) };
  }
}

function parseUnary(reader: TokenReader): Expression {
  if (take(reader, '-')) return { kind: 'negative', operand: parseUnary(reader) };
  const base = parsePrimary(reader);
  if (!take(reader, '^')) return base;
  return { kind: 'binary', operator: '^', left: base, right: parseUnary(reader) };
}

function parsePrimary(reader: TokenReader): Expression {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (token === undefined) throw new MathFailure('The expression ends too early');
  if (token.kind === 'number' || token.kind === 'text') return token;
  if (token.kind === 'name') return parseName(reader, token.name);
  if (token.sign === '[') return { kind: 'array', items: parseList(reader, ']') };
  if (token.sign !== '(') throw new MathFailure(`Unexpected ${token.sign}`);
  const inner = parseLevel(reader, 0);
  expectSign(reader, ')');
  return inner;
}

function parseName(reader: TokenReader, name: string): Expression {
  if (take(reader, '(')) {
    checkFunction(name);
    return { kind: 'call', name, arguments: parseList(reader, ')') };
  }
  return /^[a-z]/.test(name) ? { kind: 'id', id: name } : { kind: 'word', word: name };
}

function parseList(reader: TokenReader, end: string): readonly Expression[] {
  const items: Expression[] = [];
  if (take(reader, end)) return items;
  do items.push(parseLevel(reader, 0));
  while (take(reader, ','));
  expectSign(reader, end);
  return items;
}

function take(reader: TokenReader, sign: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'sign' || token.sign !== sign) return false;
  reader.at += 1;
  return true;
}

function expectSign(reader: TokenReader, sign: string): void {
  if (take(reader, sign)) return;
  throw new MathFailure(`Expected ${sign}, not ${wordOf(reader.tokens[reader.at])}`);
}

function wordOf(token: Token | undefined): string {
  if (token === undefined) return 'the end';
  if (token.kind === 'sign') return token.sign;
  if (token.kind === 'name') return token.name;
  return token.kind === 'number' ? String(token.value) : `"${token.value}"`;
}
