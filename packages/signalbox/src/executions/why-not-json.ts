/** Where a text stops being JSON, and why, in the words of the parser that AWS uses. */
export interface JsonFault {
  readonly message: string;
  /** 1-based; of a token that is not known, where it ends. */
  readonly line: number;
  readonly column: number;
}

const VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** Says why a text is not JSON; undefined where it is. */
export function whyNotJson(text: string): JsonFault | undefined {
  const at = { text, index: 0 };
  try {
    skipSpace(at);
    readValue(at);
    skipSpace(at);
    if (at.index < text.length) unexpected(at, `a valid value ${VALUE}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.index).split('\n');
    return {
      message: error.message,
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
    };
  }
}

interface Cursor {
  readonly text: string;
  index: number;
}

class Fault extends Error {
  override readonly name = 'Fault';
  readonly index: number;

  constructor(message: string, index: number) {
    super(message);
    this.index = index;
  }
}

const peek = (at: Cursor): string => at.text.charAt(at.index);

function skipSpace(at: Cursor): void {
  while (/[ \t\r\n]/.test(peek(at))) at.index += 1;
}

function unexpected(at: Cursor, expected: string): never {
  const found = peek(at);
  if (found === '') throw new Fault('Unexpected end-of-input', at.index);
  throw new Fault(
    `Unexpected character ('${found}' (code ${found.charCodeAt(0)})): was expecting ${expected}`,
    at.index + 1,
  );
}

function readValue(at: Cursor): void {
  const first = peek(at);
  if (first === '{') readItems(at, '}', 'Object', readField);
  else if (first === '[') readItems(at, ']', 'Array', readValue);
  else if (first === '"') readString(at);
  else if (/[A-Za-z_$]/.test(first)) readToken(at);
  else readNumber(at);
}

function readItems(
  at: Cursor,
  close: string,
  kind: 'Array' | 'Object',
  readItem: (at: Cursor) => void,
): void {
  at.index += 1;
  skipSpace(at);
  if (peek(at) === close) {
    at.index += 1;
    return;
  }
  for (;;) {
    skipSpace(at);
    readItem(at);
    skipSpace(at);
    const next = peek(at);
    if (next !== ',' && next !== close) unexpected(at, `comma to separate ${kind} entries`);
    at.index += 1;
    if (next === close) return;
  }
}

function readField(at: Cursor): void {
  if (peek(at) !== '"') unexpected(at, 'double-quote to start field name');
  readString(at);
  skipSpace(at);
  if (peek(at) !== ':') unexpected(at, 'a colon to separate field name and value');
  at.index += 1;
  skipSpace(at);
  readValue(at);
}

const STRING = /"(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const TOKEN = /[\w$]+/y;

function readString(at: Cursor): void {
  if (match(at, STRING) !== undefined) return;
  throw new Fault('Unexpected end-of-input in a String value', at.text.length);
}

function readNumber(at: Cursor): void {
  if (match(at, NUMBER) === undefined) unexpected(at, `a valid value ${VALUE}`);
}

function readToken(at: Cursor): void {
  const token = match(at, TOKEN) ?? '';
  if (token === 'true' || token === 'false' || token === 'null') return;
  throw new Fault(`Unrecognized token '${token}': was expecting ${VALUE}`, at.index);
}

function match(at: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = at.index;
  const found = pattern.exec(at.text)?.[0];
  at.index += found?.length ?? 0;
  return found;
}
