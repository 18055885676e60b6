import { numberOf } from './exact-number.ts';

/** What a look at a JSON text finds, before it is read. */
export interface TextTraits {
  /** Whether it opens more arrays and objects within one another than are allowed. */
  readonly isTooDeep: boolean;
  /** Whether `JSON.parse` would change it: a number that a double writes otherwise, or a name that does not keep its place. */
  readonly isChanged: boolean;
}

const QUOTE = 0x22;
const NUMBER = /[-\d.eE+]+/y;

/** Looks through a text once; one that is no JSON may have any traits. */
export function lookThrough(text: string, maxDepth: number): TextTraits {
  let depth = 0;
  let isChanged = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      isChanged ||= isDigit(text.charCodeAt(at + 1)) && isIndexName(text, at + 1, end);
      at = end;
    } else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > maxDepth) return { isTooDeep: true, isChanged };
    } else if (code === 0x5d || code === 0x7d) {
      depth -= 1;
    } else if (isDigit(code)) {
      const end = endOfNumber(text, at);
      isChanged ||= isExact(text, at, end);
      at = end - 1;
    }
  }
  return { isTooDeep: false, isChanged };
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Where the closing quote of a string stands; behind the text where there is none. */
function endOfString(text: string, start: number): number {
  let at = start;
  do at = text.indexOf('"', at + 1);
  while (at >= 0 && isEscaped(text, at));
  return at < 0 ? text.length : at;
}

/** An odd number of backslashes before a quote makes it part of the string. */
function isEscaped(text: string, quote: number): boolean {
  let at = quote;
  while (text[at - 1] === '\\') at -= 1;
  return (quote - at) % 2 === 1;
}

function isIndexName(text: string, start: number, end: number): boolean {
  return end - start <= 10 && /^\d+"\s*:/.test(text.slice(start, end + 12));
}

function endOfNumber(text: string, start: number): number {
  NUMBER.lastIndex = start;
  return NUMBER.test(text) ? NUMBER.lastIndex : start + 1;
}

/** Whole numbers of up to 15 digits are what they are. */
function isExact(text: string, start: number, end: number): boolean {
  const number = text.slice(start, end);
  if (number.length <= 15 && !/[.eE]/.test(number)) return false;
  return typeof numberOf(number) !== 'number';
}
