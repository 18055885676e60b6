import type { JsonToken, JsonTokens } from '../../core/json-text/json-tokens.ts';
import { comparableNumber } from '../comparable-number.ts';
import type { Leaf } from '../leaf.ts';
import { isSameIgnoringCase, readEnd, TOO_MANY_ELEMENTS } from './match-text.ts';
import { fitsWildcard, parseWildcard, type WildcardMatch } from './wildcard.ts';

type TextOperator = 'prefix' | 'suffix' | 'equals-ignore-case';
type Operator = TextOperator | 'wildcard';

/** Any value but these: a value of another type fits always, an absent field never. */
export type AnythingButMatch =
  | { readonly kind: 'anything-but'; readonly values: readonly (string | number)[] }
  | {
      readonly kind: 'anything-but';
      readonly affix: TextOperator;
      readonly texts: readonly string[];
    }
  | { readonly kind: 'anything-but'; readonly wildcards: readonly WildcardMatch[] };

const NOT_A_STRING: Readonly<Record<Operator, string>> = {
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  'equals-ignore-case':
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  wildcard: 'wildcard match pattern must be a string',
};

/** Reads `{"anything-but": …}` from behind its name. */
export function readAnythingBut(tokens: JsonTokens): AnythingButMatch {
  const token = tokens.next();
  if (token !== 'start-object') {
    const match = readValues(tokens, token);
    readEnd(tokens, TOO_MANY_ELEMENTS);
    return match;
  }
  if (tokens.next() !== 'field-name') tokens.fail('Anything-But expression name not found');
  const operator = tokens.text();
  if (!isOperator(operator)) return tokens.fail(`Unsupported anything-but pattern: ${operator}`);
  const texts = readTexts(tokens, operator);
  const match = ofTexts(tokens, operator, texts);
  readEnd(tokens, TOO_MANY_ELEMENTS);
  readEnd(tokens, TOO_MANY_ELEMENTS);
  return match;
}

/** Returns whether the value is none of those named. */
export function isAnythingBut(match: AnythingButMatch, value: Leaf): boolean {
  if ('values' in match) return !match.values.some((named) => named === value);
  if (typeof value !== 'string') return true;
  if ('wildcards' in match) return !match.wildcards.some((named) => fitsWildcard(named, value));
  return !match.texts.some((text) => isTextFitting(match.affix, text, value));
}

function isTextFitting(affix: TextOperator, text: string, value: string): boolean {
  switch (affix) {
    case 'prefix':
      return value.startsWith(text);
    case 'suffix':
      return value.endsWith(text);
    case 'equals-ignore-case':
      return isSameIgnoringCase(text, value);
  }
}

function isOperator(name: string): name is Operator {
  return Object.hasOwn(NOT_A_STRING, name);
}

function readValues(tokens: JsonTokens, token: JsonToken): AnythingButMatch {
  requireValue(tokens, token);
  if (token !== 'start-array') return { kind: 'anything-but', values: [readValue(tokens, token)] };
  const values: (string | number)[] = [];
  for (let item = tokens.next(); item !== 'end-array'; item = tokens.next()) {
    values.push(readValue(tokens, item));
  }
  const types = new Set(values.map((value) => typeof value));
  if (types.size !== 1) {
    tokens.fail(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return { kind: 'anything-but', values };
}

function readValue(tokens: JsonTokens, token: JsonToken): string | number {
  if (token === 'string') return tokens.text();
  if (token === 'number') {
    const text = tokens.text();
    return comparableNumber(text) ?? tokens.fail(`Cannot compare number : ${text}`);
  }
  return tokens.fail('Inside anything but list, start|null|boolean is not supported.');
}

function requireValue(tokens: JsonTokens, token: JsonToken): void {
  if (token !== 'start-array' && token !== 'string' && token !== 'number') {
    tokens.fail('Value of anything-but must be an array or single string/number value.');
  }
}

function readTexts(tokens: JsonTokens, operator: Operator): readonly string[] {
  const token = tokens.next();
  requireValue(tokens, token);
  if (token !== 'start-array') return [readText(tokens, token, operator)];
  const texts: string[] = [];
  for (let item = tokens.next(); item !== 'end-array'; item = tokens.next()) {
    texts.push(readText(tokens, item, operator));
  }
  return texts;
}

function readText(tokens: JsonTokens, token: JsonToken, operator: Operator): string {
  if (token !== 'string') tokens.fail(NOT_A_STRING[operator]);
  const text = tokens.text();
  if (text === '' && (operator === 'prefix' || operator === 'suffix')) {
    tokens.fail('Null prefix/suffix not allowed');
  }
  return text;
}

function ofTexts(
  tokens: JsonTokens,
  operator: Operator,
  texts: readonly string[],
): AnythingButMatch {
  if (operator !== 'wildcard') return { kind: 'anything-but', affix: operator, texts };
  return { kind: 'anything-but', wildcards: texts.map((text) => parseWildcard(tokens, text)) };
}
