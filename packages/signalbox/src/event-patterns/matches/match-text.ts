import type { JsonTokens } from '../../core/json-text/json-tokens.ts';

/** EventBridge's words for a second key beside a match type. */
export const ONE_KEY = 'Only one key allowed in match expression';
/** EventBridge's words, which it uses beside `numeric` too. */
export const TOO_MANY_ELEMENTS = 'Too many elements in numeric expression';

/** Reads the end of a match expression. */
export function readEnd(tokens: JsonTokens, otherwise = ONE_KEY): void {
  if (tokens.next() !== 'end-object') tokens.fail(otherwise);
}

/** Reads a string that ends its match expression. */
export function readOnlyString(tokens: JsonTokens, matchType: string): string {
  if (tokens.next() !== 'string') tokens.fail(`${matchType} match pattern must be a string`);
  const text = tokens.text();
  readEnd(tokens);
  return text;
}

/** Reads what `prefix` or `suffix` takes: a string, or a string inside `equals-ignore-case`. */
export function readAffix(
  tokens: JsonTokens,
  matchType: 'prefix' | 'suffix',
): { readonly text: string; readonly ignoreCase: boolean } {
  const token = tokens.next();
  if (token === 'start-object') {
    const text = readIgnoreCase(tokens, matchType);
    readEnd(tokens);
    return { text, ignoreCase: true };
  }
  if (token !== 'string') tokens.fail(`${matchType} match pattern must be a string`);
  const text = tokens.text();
  readEnd(tokens);
  return { text, ignoreCase: false };
}

function readIgnoreCase(tokens: JsonTokens, matchType: 'prefix' | 'suffix'): string {
  if (tokens.next() !== 'field-name') {
    tokens.fail(`${matchType === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`);
  }
  const name = tokens.text();
  if (name !== 'equals-ignore-case') tokens.fail(`Unsupported ${matchType} pattern: ${name}`);
  return readOnlyString(tokens, 'equals-ignore-case');
}

/**
 * Compares character by character: a value's character fits when it is the pattern's own, or its
 * lower or upper case.
 */
export function isSameIgnoringCase(pattern: string, value: string): boolean {
  if (pattern === value) return true;
  const expected = [...pattern];
  const found = [...value];
  return (
    expected.length === found.length &&
    expected.every((char, index) => {
      const other = found[index];
      return char === other || char.toLowerCase() === other || char.toUpperCase() === other;
    })
  );
}
