import { describe, expect, test } from '@jest/globals';
import { childrenOf, parseAlarmRule, ruleHolds } from './alarm-rule.ts';

const STATES = { a: 'ALARM', b: 'OK', c: 'INSUFFICIENT_DATA', 'two words': 'ALARM' } as const;

function holds(text: string): boolean {
  return ruleHolds(parseAlarmRule(text), (alarm) => new Map(Object.entries(STATES)).get(alarm));
}

describe('parseAlarmRule()', () => {
  test.each([
    ['ALARM(a)', true],
    ['OK(a)', false],
    ['INSUFFICIENT_DATA(c)', true],
    ['ALARM("two words")', true],
    ['ALARM( a ) AND OK(b)', true],
    ['ALARM(b) OR ALARM(c) OR ALARM(a)', true],
    ['NOT ALARM(b)', true],
    ['NOT (ALARM(a) AND OK(b))', false],
    ['ALARM(a) OR ALARM(b) AND ALARM(c)', true],
    ['(ALARM(a) OR ALARM(b)) AND ALARM(c)', false],
    ['TRUE', true],
    ['FALSE OR ALARM(gone)', false],
  ])('reads %s as %p', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  test.each([
    ['', 'a state or a parenthesis is missing'],
    ['ALARM(a', 'expected ), not the end'],
    ['ALARM(a) ALARM(b)', 'unexpected ALARM'],
    ['PENDING(a)', 'unexpected PENDING'],
    ['ALARM("a)', 'a quotation mark is not closed'],
    ['AT_LEAST(2, ALARM, (a, b))', 'AT_LEAST is not rehearsed: write AND and OR'],
  ])('refuses %j', (text, problem) => {
    expect(() => parseAlarmRule(text)).toThrow(`AlarmRule is not valid: ${problem}`);
  });
});

describe('childrenOf()', () => {
  test('names each alarm once, also one that is named by its ARN', () => {
    const arn = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:web:down';

    expect(childrenOf(parseAlarmRule(`ALARM(a) OR NOT OK(a) AND ALARM("${arn}")`))).toEqual([
      'a',
      'web:down',
    ]);
  });
});
