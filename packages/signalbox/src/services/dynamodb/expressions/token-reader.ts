import { ExpressionRefusal } from './expression-refusal.ts';
import { type Token, type TokenKind, tokensOf } from './expression-tokens.ts';

/** Reads the tokens of one expression from left to right, each once. */
export interface TokenReader {
  /** The token that is next, or one further on. */
  peek(ahead?: number): Token;
  take(): Token;
  /** Takes the next token if it is this sign or keyword. */
  takes(text: string): boolean;
  /** @throws {ExpressionRefusal} When the next token is another one. */
  expect(text: string): void;
  /** @throws {ExpressionRefusal} When the next token is of another kind. */
  expectKind(kind: TokenKind): Token;
  /**
   * Reads what stands in a pair of parentheses.
   * @throws {ExpressionRefusal} When it stands in parentheses already.
   */
  group<T extends object>(read: () => T): T;
  /** Reads one or more of a kind, with commas between them. */
  members<T>(readOne: () => T): readonly T[];
  /** Reads such members in parentheses. */
  list<T>(readOne: () => T): readonly T[];
  /** DynamoDB's sentence for a token that does not fit where it stands. */
  unexpected(): ExpressionRefusal;
}

const MAX_BYTES = 4096;
const MAX_OPERATORS = 300;

/** 300 operators and 32 elements of a path are all that parentheses can separate. */
const MAX_DEPTH = 340;

const COMPARATORS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);
const WORDS_THAT_OPERATE: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'IN']);

/**
 * Opens an expression within DynamoDB's bounds on size and operators.
 * @throws {ExpressionRefusal} When it is larger.
 */
export function openExpression(expression: string, keywords: ReadonlySet<string>): TokenReader {
  const size = Buffer.byteLength(expression);
  if (size > MAX_BYTES) {
    throw new ExpressionRefusal(
      `Expression size has exceeded the maximum allowed size; expression size: ${size}`,
    );
  }
  if (expression.trim() === '') throw new ExpressionRefusal('The expression can not be empty;');
  const tokens = tokensOf(expression, keywords);
  // A BETWEEN is counted by its AND. The assignments of an update are no operators.
  const assigns = keywords.has('SET');
  if (operatorsIn(tokens, assigns) > MAX_OPERATORS) throw tooManyOperators();
  return createReader(expression, tokens);
}

function createReader(expression: string, tokens: readonly Token[]): TokenReader {
  let at = 0;
  let depth = 0;
  const grouped = new WeakSet<object>();
  const last = tokens.length - 1;
  const { length } = expression;
  const end: Token = { kind: 'end', text: '<EOF>', start: length, end: length };
  const peek: TokenReader['peek'] = (ahead = 0) => tokens[Math.min(at + ahead, last)] ?? end;
  function takes(text: string): boolean {
    const { kind, text: written } = peek();
    if ((kind !== 'sign' && kind !== 'keyword') || written !== text) return false;
    at += 1;
    return true;
  }
  function take(): Token {
    const token = peek();
    at += 1;
    return token;
  }
  function unexpected(): ExpressionRefusal {
    const near = expression.slice(tokens[at - 1]?.start ?? 0, peek(1).end);
    return new ExpressionRefusal(`Syntax error; token: "${peek().text}", near: "${near}"`);
  }
  function expect(text: string): void {
    if (!takes(text)) throw unexpected();
  }
  function members<T>(readOne: () => T): readonly T[] {
    const read = [readOne()];
    while (takes(',')) read.push(readOne());
    return read;
  }
  function inParentheses<T>(read: () => T): T {
    expect('(');
    depth += 1;
    if (depth > MAX_DEPTH) throw tooManyOperators();
    const inner = read();
    depth -= 1;
    expect(')');
    return inner;
  }
  return {
    peek,
    take,
    takes,
    expect,
    expectKind(kind) {
      if (peek().kind !== kind) throw unexpected();
      return take();
    },
    group(read) {
      const inner = inParentheses(read);
      if (grouped.has(inner)) {
        throw new ExpressionRefusal('The expression has redundant parentheses;');
      }
      grouped.add(inner);
      return inner;
    },
    list: (readOne) => inParentheses(() => members(readOne)),
    members,
    unexpected,
  };
}

function operatorsIn(tokens: readonly Token[], assigns: boolean): number {
  return tokens.filter(({ kind, text }, at) => {
    if (kind === 'keyword') return WORDS_THAT_OPERATE.has(text);
    if (kind === 'word') return tokens[at + 1]?.text === '(';
    if (kind !== 'sign') return false;
    return assigns ? text === '+' || text === '-' : COMPARATORS.has(text);
  }).length;
}

/** DynamoDB counts no further than the first one too many. */
function tooManyOperators(): ExpressionRefusal {
  return new ExpressionRefusal(
    `The expression contains too many operators; operator count: ${MAX_OPERATORS + 1}`,
  );
}
