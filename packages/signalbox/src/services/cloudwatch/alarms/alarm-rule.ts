import type { StateValue } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../core/aws-error.ts';
import { ownMember } from '../../../core/names/own-member.ts';

/** A composite alarm's rule (CloudWatch API Reference, PutCompositeAlarm). */
export type AlarmRule =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** True while the alarm of that name or ARN is in a state. */
  | { readonly kind: 'state'; readonly state: StateValue; readonly alarm: string }
  | { readonly kind: 'not'; readonly operand: AlarmRule }
  | { readonly kind: 'and' | 'or'; readonly left: AlarmRule; readonly right: AlarmRule };

const TOKEN = /\s*(?:([()])|"((?:[^"\\]|\\.)*)"|([^\s()"]+))/y;
const STATES: Readonly<Record<string, StateValue>> = {
  ALARM: 'ALARM',
  OK: 'OK',
  INSUFFICIENT_DATA: 'INSUFFICIENT_DATA',
};

interface Token {
  readonly kind: 'sign' | 'quoted' | 'word';
  readonly text: string;
}

/**
 * Parses an alarm rule.
 * @throws {AwsError} `ValidationError` when it does not parse.
 */
export function parseAlarmRule(text: string): AlarmRule {
  const reader = { tokens: tokensOf(text), at: 0 };
  const rule = parseOr(reader);
  const rest = reader.tokens[reader.at];
  if (rest !== undefined) throw invalidRule(`unexpected ${rest.text}`);
  return rule;
}

/** Returns whether a rule holds; an alarm that is not there is in no state. */
export function ruleHolds(
  rule: AlarmRule,
  stateOf: (alarm: string) => StateValue | undefined,
): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'state':
      return stateOf(rule.alarm) === rule.state;
    case 'not':
      return !ruleHolds(rule.operand, stateOf);
    case 'and':
      return ruleHolds(rule.left, stateOf) && ruleHolds(rule.right, stateOf);
    case 'or':
      return ruleHolds(rule.left, stateOf) || ruleHolds(rule.right, stateOf);
  }
}

/** The names of the alarms that a rule looks at, each once. */
export function childrenOf(rule: AlarmRule): readonly string[] {
  switch (rule.kind) {
    case 'constant':
      return [];
    case 'state':
      return [nameOf(rule.alarm)];
    case 'not':
      return childrenOf(rule.operand);
    default:
      return [...new Set([...childrenOf(rule.left), ...childrenOf(rule.right)])];
  }
}

/** The name in an alarm's ARN; a name is its own. */
export function nameOf(alarm: string): string {
  return /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.*)$/s.exec(alarm)?.[1] ?? alarm;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

function parseOr(reader: Reader): AlarmRule {
  let left = parseAnd(reader);
  while (takeWord(reader, 'OR')) left = { kind: 'or', left, right: parseAnd(reader) };
  return left;
}

function parseAnd(reader: Reader): AlarmRule {
  let left = parseNot(reader);
  while (takeWord(reader, 'AND')) left = { kind: 'and', left, right: parseNot(reader) };
  return left;
}

function parseNot(reader: Reader): AlarmRule {
  if (takeWord(reader, 'NOT')) return { kind: 'not', operand: parseNot(reader) };
  if (takeSign(reader, '(')) {
    const inner = parseOr(reader);
    expectSign(reader, ')');
    return inner;
  }
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (token?.kind !== 'word') throw invalidRule(`a state or a parenthesis is missing`);
  if (token.text === 'TRUE' || token.text === 'FALSE') {
    return { kind: 'constant', value: token.text === 'TRUE' };
  }
  if (token.text === 'AT_LEAST') throw invalidRule('AT_LEAST is not rehearsed: write AND and OR');
  const state = ownMember(STATES, token.text);
  if (state === undefined) throw invalidRule(`unexpected ${token.text}`);
  expectSign(reader, '(');
  const alarm = reader.tokens[reader.at];
  reader.at += 1;
  if (alarm === undefined || alarm.kind === 'sign') {
    throw invalidRule(`${token.text} needs an alarm's name or ARN`);
  }
  expectSign(reader, ')');
  return { kind: 'state', state, alarm: alarm.text };
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (match === null) throw invalidRule('a quotation mark is not closed');
    const [, sign, quoted, word] = match;
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (quoted !== undefined)
      tokens.push({ kind: 'quoted', text: quoted.replace(/\\(.)/g, '$1') });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

function takeWord(reader: Reader, word: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'word' || token.text !== word) return false;
  reader.at += 1;
  return true;
}

function takeSign(reader: Reader, sign: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'sign' || token.text !== sign) return false;
  reader.at += 1;
  return true;
}

function expectSign(reader: Reader, sign: string): void {
  if (takeSign(reader, sign)) return;
  throw invalidRule(`expected ${sign}, not ${reader.tokens[reader.at]?.text ?? 'the end'}`);
}

function invalidRule(problem: string): AwsError {
  return new AwsError('ValidationError', `AlarmRule is not valid: ${problem}`);
}
