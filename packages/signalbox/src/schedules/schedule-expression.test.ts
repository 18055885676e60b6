import { describe, expect, test } from '@jest/globals';
import { parseScheduleExpression } from './schedule-expression.ts';
import { isTimeZone } from './wall-clock.ts';

describe('parseScheduleExpression()', () => {
  test.each([
    'cron(0 1 * * * *)',
    'cron(7 20 * * NOT *)',
    'cron(INVALID)',
    'cron(0 dummy ? * MON-FRI *)',
    'cron(71 8 1 * ? *)',
    'cron()',
    'cron(*/60 * * * ? *)',
    'cron(0 10 ? * ? *)',
    'cron(0/10 * ? * *)',
    'cron(0/5/5 * * * ? *)',
    'cron(1-2-3 * * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 0 32 * ? *)',
    'cron(0 0 32W * ? *)',
    'cron(0 0 * 13 ? *)',
    'cron(0 0 * * ? 2200)',
    'cron(0 0 ? * 8L *)',
    'cron(0 0 ? * 8#1 *)',
    'cron(0 0 ? * 2#6 *)',
    'rate(10 seconds)',
    'rate(10 years)',
    'rate()',
    'rate(10)',
    'rate(0 minutes)',
    'rate(10 minutess)',
    'rate(foo minutes)',
    'rate(-10 minutes)',
    'rate( 10 minutes )',
    ' rate(10 minutes)',
    'rate(10 MINUTES)',
    'at(2021-12-31T23:59:59Z)',
    'at(2021-12-31)',
    'at(2026-02-30T00:00:00)',
    'at(2026-13-01T00:00:00)',
    'daily',
  ])('refuses %s', (text) => {
    expect(parseScheduleExpression(text, 'scheduler')).toBeUndefined();
  });

  test('wants of a rule one minute or two minutes, and no one-time schedule', () => {
    const parse = (text: string) => parseScheduleExpression(text, 'rule');

    expect(parse('rate(1 minute)')).toEqual({ kind: 'rate', periodMs: 60_000 });
    expect(parse('rate(2 hours)')).toEqual({ kind: 'rate', periodMs: 7_200_000 });
    expect(parse('rate(1 minutes)')).toBeUndefined();
    expect(parse('rate(2 hour)')).toBeUndefined();
    expect(parse('at(2026-01-01T00:00:00)')).toBeUndefined();
  });
});

describe('isTimeZone()', () => {
  test('knows the names of the IANA database', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});
