import type { JsonTokens } from '../../core/json-text/json-tokens.ts';
import type { Leaf } from '../leaf.ts';
import { readEnd } from './match-text.ts';

/** A string in which each `*` stands for any run of characters. */
export interface WildcardMatch {
  readonly kind: 'wildcard';
  readonly text: string;
  /** The texts between the wildcards: one more than there are wildcards. */
  readonly parts: readonly string[];
}

/** Reads `{"wildcard": …}` from behind its name. */
export function readWildcard(tokens: JsonTokens): WildcardMatch {
  if (tokens.next() !== 'string') tokens.fail('wildcard match pattern must be a string');
  const match = parseWildcard(tokens, tokens.text());
  readEnd(tokens);
  return match;
}

/** Splits a wildcard text; `\*` and `\\` stand for the characters themselves. */
export function parseWildcard(tokens: JsonTokens, text: string): WildcardMatch {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at += 1) {
    const next = text[at + 1] ?? '';
    if (text[at] === '*') {
      if (next === '*') {
        tokens.fail(`Consecutive wildcard characters at pos ${bytePosition(text, at)}`);
      }
      parts.push(part);
      part = '';
    } else if (text[at] === '\\') {
      if (next !== '*' && next !== '\\') {
        tokens.fail(`Invalid escape character at pos ${bytePosition(text, at)}`);
      }
      part += next;
      at += 1;
    } else {
      part += text[at];
    }
  }
  return { kind: 'wildcard', text, parts: [...parts, part] };
}

/** Returns whether the value is a string that fits; takes time in proportion to its length. */
export function fitsWildcard({ parts }: WildcardMatch, value: Leaf): boolean {
  if (typeof value !== 'string') return false;
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return value === first;
  if (value.length < first.length + last.length) return false;
  if (!value.startsWith(first) || !value.endsWith(last)) return false;
  const end = value.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** EventBridge counts in bytes of UTF-8, from the quote before the text. */
function bytePosition(text: string, at: number): number {
  return [...text.slice(0, at)].reduce((sum, char) => {
    const code = char.codePointAt(0) ?? 0;
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
  }, 1);
}
