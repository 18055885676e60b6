import type { Json } from '../../core/json.ts';
import { type Path, parsePath } from './path.ts';

/** A call of an intrinsic function, such as `States.Format('{}', $.id)`. */
export interface IntrinsicCall {
  readonly text: string;
  readonly name: string;
  readonly arguments: readonly IntrinsicArgument[];
}

export type IntrinsicArgument =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'call'; readonly call: IntrinsicCall };

/** Reads a call; undefined where the text is none. Which functions exist is not checked here. */
export function parseIntrinsicCall(text: string): IntrinsicCall | undefined {
  const cursor = { text, at: 0 };
  const call = readCall(cursor);
  skipSpace(cursor);
  return cursor.at === text.length ? call : undefined;
}

interface Cursor {
  readonly text: string;
  at: number;
}

function readCall(cursor: Cursor): IntrinsicCall | undefined {
  skipSpace(cursor);
  const start = cursor.at;
  const name = take(cursor, /States\.[A-Za-z0-9]+/y);
  if (name === undefined || !takeMark(cursor, '(')) return undefined;
  const args = readArguments(cursor);
  if (args === undefined) return undefined;
  return { text: cursor.text.slice(start, cursor.at), name, arguments: args };
}

function readArguments(cursor: Cursor): readonly IntrinsicArgument[] | undefined {
  const args: IntrinsicArgument[] = [];
  if (takeMark(cursor, ')')) return args;
  for (;;) {
    const argument = readArgument(cursor);
    if (argument === undefined) return undefined;
    args.push(argument);
    if (takeMark(cursor, ')')) return args;
    if (!takeMark(cursor, ',')) return undefined;
  }
}

function readArgument(cursor: Cursor): IntrinsicArgument | undefined {
  skipSpace(cursor);
  switch (cursor.text[cursor.at]) {
    case "'":
      return readText(cursor);
    case '$':
      return readPath(cursor);
    case 'S': {
      const call = readCall(cursor);
      return call && { kind: 'call', call };
    }
    default:
      return readWord(cursor);
  }
}

/** A backslash before anything but a quote, a brace or another one. */
const ILLEGAL_ESCAPE = /^(?:[^\\]|\\['{}\\])*\\[^'{}\\]/s;

function readText(cursor: Cursor): IntrinsicArgument | undefined {
  const quoted = take(cursor, /'(?:\\.|[^'\\])*'/sy);
  if (quoted === undefined || ILLEGAL_ESCAPE.test(quoted)) return undefined;
  // AWS: `\'`, `\{`, `\}` and `\\` stand for the character; States.Format reads the braces itself.
  return { kind: 'literal', value: quoted.slice(1, -1).replace(/\\(['\\])/g, '$1') };
}

function readWord(cursor: Cursor): IntrinsicArgument | undefined {
  const word = take(cursor, /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y);
  if (word === undefined) return undefined;
  const value: Json = JSON.parse(word);
  return { kind: 'literal', value };
}

/** A path ends at the first comma or parenthesis that is in no bracket and no filter. */
function readPath(cursor: Cursor): IntrinsicArgument | undefined {
  const start = cursor.at;
  let depth = 0;
  for (; cursor.at < cursor.text.length; cursor.at++) {
    const char = cursor.text[cursor.at];
    if (depth === 0 && (char === ',' || char === ')')) break;
    if (char === "'" || char === '"') cursor.at = endOfQuote(cursor.text, cursor.at);
    else if (char === '[' || char === '(') depth++;
    else if (char === ']' || char === ')') depth--;
  }
  const path = parsePath(cursor.text.slice(start, cursor.at).trim());
  return path && { kind: 'path', path };
}

function endOfQuote(text: string, start: number): number {
  const end = text.indexOf(text[start] ?? '', start + 1);
  return end === -1 ? text.length : end;
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

function takeMark(cursor: Cursor, mark: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== mark) return false;
  cursor.at++;
  return true;
}

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? '')) cursor.at++;
}
