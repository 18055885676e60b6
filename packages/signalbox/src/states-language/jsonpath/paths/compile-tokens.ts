import { PathRefusal } from './path-refusal.ts';
import type { PathToken } from './path-token.ts';
import { readBracket } from './read-bracket.ts';

/**
 * Reads a path, `$` and what follows, into its tokens, as version 2.0.0 of Java's json-path does: a
 * name ends at a point, a bracket or a space; a bracket ends at its partner, whatever is quoted.
 * @throws {PathRefusal} Where the text is no path.
 */
export function compileTokens(text: string): readonly PathToken[] {
  if (text.endsWith('..')) throw new PathRefusal('A path can not end with a scan.');
  if (!/^\$(?:$|[.[])/.test(text)) throw new PathRefusal(`Invalid path ${text}`);
  const tokens: PathToken[] = [];
  let at = 1;
  while (at < text.length) {
    const { token, end } = nextToken(text, at);
    if (token !== undefined) tokens.push(token);
    at = end;
  }
  return tokens;
}

interface Next {
  /** Undefined where there is nothing between a point and what follows it, as in `$.a.[0]`. */
  readonly token: PathToken | undefined;
  readonly end: number;
}

function nextToken(text: string, start: number): Next {
  switch (text[start]) {
    case ' ':
      throw new PathRefusal('Space not allowed in path');
    case '$':
      throw new PathRefusal('The root is not allowed inside a path');
    case '*':
      return { token: { kind: 'every' }, end: start + 1 };
    case '[': {
      const end = closingBracket(text, start);
      return { token: readBracket(text.slice(start, end), compileTokens), end };
    }
    case '.':
      return dotted(text, start + 1);
    default:
      return named(text, start);
  }
}

function dotted(text: string, start: number): Next {
  if (start === text.length) throw new PathRefusal('A path can not end with a point');
  if (text[start] === '.') return { token: { kind: 'descend' }, end: start + 1 };
  const end = endOfName(text, start);
  if (end === start) return { token: undefined, end };
  if (text.slice(start, end) === '*') return { token: { kind: 'every' }, end };
  return named(text, start);
}

/** A bare name is read as if it stood in quotes in a bracket. */
function named(text: string, start: number): Next {
  const end = endOfName(text, start);
  return { token: readBracket(`['${text.slice(start, end)}']`, compileTokens), end };
}

function endOfName(text: string, start: number): number {
  const length = text.slice(start).search(/[.[ ]/);
  return length === -1 ? text.length : start + length;
}

/** Where a bracket's fragment ends: behind its partner, or with the text. */
function closingBracket(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '[') depth += 1;
    if (text[at] === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
