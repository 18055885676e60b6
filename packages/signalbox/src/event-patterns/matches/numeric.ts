import type { JsonToken, JsonTokens } from '../../core/json-text/json-tokens.ts';
import { comparableNumber } from '../comparable-number.ts';
import type { Leaf } from '../leaf.ts';
import { readEnd, TOO_MANY_ELEMENTS } from './match-text.ts';

/** A bound of a numeric range. */
export interface NumericBound {
  readonly value: number;
  readonly inclusive: boolean;
}

/** A number between bounds; equality is a range of one. */
export interface NumericMatch {
  readonly kind: 'numeric';
  readonly bottom: NumericBound | undefined;
  readonly top: NumericBound | undefined;
}

/** Reads `{"numeric": […]}` from behind its name. */
export function readNumeric(tokens: JsonTokens): NumericMatch {
  if (tokens.next() !== 'start-array') tokens.fail('Value of numeric must be an array.');
  const match = readExpression(tokens);
  readEnd(tokens, TOO_MANY_ELEMENTS);
  return match;
}

/** Returns whether the value is a number within the bounds. */
export function isWithin({ bottom, top }: NumericMatch, value: Leaf): boolean {
  if (typeof value !== 'number') return false;
  if (bottom !== undefined && !(value > bottom.value || isAt(bottom, value))) return false;
  return top === undefined || value < top.value || isAt(top, value);
}

function isAt(bound: NumericBound, value: number): boolean {
  return bound.inclusive && value === bound.value;
}

function readExpression(tokens: JsonTokens): NumericMatch {
  if (tokens.next() !== 'string') tokens.fail(`Invalid member in numeric match: ${tokens.text()}`);
  const operator = tokens.text();
  const token = tokens.next();
  switch (operator) {
    case '=': {
      const value = readValue(tokens, token, 'equals');
      endArray(tokens, TOO_MANY_ELEMENTS);
      const bound = { value, inclusive: true };
      return { kind: 'numeric', bottom: bound, top: bound };
    }
    case '<':
    case '<=': {
      const value = readValue(tokens, token, operator);
      endArray(tokens, TOO_MANY_ELEMENTS);
      return { kind: 'numeric', bottom: undefined, top: { value, inclusive: operator === '<=' } };
    }
    case '>':
    case '>=': {
      const value = readValue(tokens, token, operator);
      const bottom = { value, inclusive: operator === '>=' };
      return { kind: 'numeric', bottom, top: readTop(tokens, value) };
    }
    default:
      return tokens.fail(`Unrecognized numeric range operator: ${operator}`);
  }
}

function readTop(tokens: JsonTokens, bottom: number): NumericBound | undefined {
  const token = tokens.next();
  if (token === 'end-array') return undefined;
  if (token !== 'string') tokens.fail(`Bad value in numeric range: ${tokens.text()}`);
  const operator = tokens.text();
  if (operator !== '<' && operator !== '<=') {
    tokens.fail(`Bad numeric range operator: ${operator}`);
  }
  const isNumber = tokens.next() === 'number';
  if (!isNumber) tokens.fail(`Value of ${operator} must be numeric`);
  const text = tokens.text();
  endArray(tokens, 'Too many terms in numeric range expression');
  const value = comparable(tokens, text);
  if (bottom >= value) tokens.fail('Bottom must be less than top');
  return { value, inclusive: operator === '<=' };
}

function readValue(tokens: JsonTokens, token: JsonToken, name: string): number {
  if (token !== 'number') tokens.fail(`Value of ${name} must be numeric`);
  return comparable(tokens, tokens.text());
}

function comparable(tokens: JsonTokens, text: string): number {
  return comparableNumber(text) ?? tokens.fail(`Cannot compare number : ${text}`);
}

function endArray(tokens: JsonTokens, otherwise: string): void {
  if (tokens.next() !== 'end-array') tokens.fail(otherwise);
}
