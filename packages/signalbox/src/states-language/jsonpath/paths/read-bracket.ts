import { filterIn } from './filter-text.ts';
import { parseFilter } from './parse-filter.ts';
import { PathRefusal } from './path-refusal.ts';
import type { CompileTokens, PathToken } from './path-token.ts';

/**
 * Reads `[…]`: the first question mark, quote, digit, colon, minus or at-sign says what it is.
 * @throws {PathRefusal} Where it is nothing.
 */
export function readBracket(fragment: string, compile: CompileTokens): PathToken {
  if (fragment === '[*]') return { kind: 'every' };
  const at = fragment.search(/[?'\d:@-]/);
  switch (fragment[at]) {
    case undefined:
      throw new PathRefusal(`Could not analyze path component: ${fragment}`);
    case '?':
      return { kind: 'filter', filter: parseFilter(filterIn(fragment, at), compile) };
    case "'":
      return { kind: 'names', names: readNames(fragment, at) };
    case '@':
      return readFromLength(fragment, at);
    default:
      return readIndexes(fragment, at);
  }
}

/** Names end at the first closing bracket, even within quotes; a backslash is a character like others. */
function readNames(fragment: string, start: number): readonly string[] {
  const end = fragment.indexOf(']', start);
  if (end === -1) throw new PathRefusal(`Could not analyze path component: ${fragment}`);
  const parts = fragment.slice(start, end).split("'");
  // Between the first and the second quote, the third and the fourth, and so on.
  const closed = parts.length % 2 === 0 ? parts.slice(0, -1) : parts;
  return closed.filter((_, index) => index % 2 === 1);
}

/** `[(@.length-1)]` and `[(@.size()-1)]`. */
function readFromLength(fragment: string, start: number): PathToken {
  const text = fragment.slice(start + 2).replace(/ /g, '');
  const match = /^([^-]*)(-[^)]*)\)/.exec(text);
  const name = (match?.[1] ?? '').replace(/[()]/g, '');
  if (match === null || (name !== 'size' && name !== 'length')) {
    throw new PathRefusal(
      `Invalid function: @.${name}. Supported functions are: [(@.length - n)] and [(@.size() - n)]`,
    );
  }
  return { kind: 'from-length', offset: integer(match[2] ?? '') };
}

/** `[1]`, `[1,2]`, `[1:]`, `[:2]`, `[1:2]`; blanks count for nothing. */
function readIndexes(fragment: string, start: number): PathToken {
  const text = /^[\d,:\- ]*/.exec(fragment.slice(start))?.[0].replace(/ /g, '') ?? '';
  if (start + text.length >= fragment.length) {
    throw new PathRefusal(`Could not analyze path component: ${fragment}`);
  }
  if (!text.includes(':')) {
    return { kind: 'indexes', indexes: text.replace(/,$/, '').split(',').map(integer) };
  }
  const [from = '', to = ''] = text.split(':');
  if (from === '') return { kind: 'slice', from: undefined, to: integer(to) };
  if (to === '') return { kind: 'slice', from: integer(from), to: undefined };
  return { kind: 'slice', from: integer(from), to: integer(to) };
}

const MAX_INTEGER = 2_147_483_647;

function integer(text: string): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && Math.abs(value) <= MAX_INTEGER) return value;
  throw new PathRefusal(`For input string: "${text}"`);
}
