import { describe, expect, test } from '@jest/globals';
import { nextOccurrence } from './next-occurrence.ts';
import { parseScheduleExpression } from './schedule-expression.ts';

function times(
  text: string,
  after: string,
  { timeZone = 'UTC', count = 3, start = '2000-01-01T00:00:00Z', end = '' } = {},
): readonly string[] {
  const expression = parseScheduleExpression(text, 'scheduler');
  if (expression === undefined) throw new Error(`Cannot read ${text}`);
  const startMs = Date.parse(start);
  const endMs = end === '' ? undefined : Date.parse(end);
  const found: string[] = [];
  let afterMs = Date.parse(after);
  while (found.length < count) {
    const next = nextOccurrence({ expression, timeZone, startMs, endMs }, afterMs);
    if (next === undefined) break;
    found.push(new Date(next).toISOString().slice(0, 16));
    afterMs = next;
  }
  return found;
}

describe('nextOccurrence()', () => {
  test.each([
    ['cron(0 10 * * ? *)', ['2026-02-27T10:00', '2026-02-28T10:00', '2026-03-01T10:00']],
    ['cron(15 12 ? * 6L *)', ['2026-02-27T12:15', '2026-03-27T12:15', '2026-04-24T12:15']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-02-27T18:00', '2026-03-02T18:00', '2026-03-03T18:00']],
    ['cron(0 8 1 * ? *)', ['2026-03-01T08:00', '2026-04-01T08:00', '2026-05-01T08:00']],
    ['cron(0/15 * * * ? *)', ['2026-02-27T09:15', '2026-02-27T09:30', '2026-02-27T09:45']],
    ['cron(0 0 L * ? *)', ['2026-02-28T00:00', '2026-03-31T00:00', '2026-04-30T00:00']],
    ['cron(0 0 1W * ? *)', ['2026-03-02T00:00', '2026-04-01T00:00', '2026-05-01T00:00']],
    ['cron(0 0 28W 2 ? *)', ['2027-02-26T00:00', '2028-02-28T00:00', '2029-02-28T00:00']],
    ['cron(0 0 LW * ? *)', ['2026-03-31T00:00', '2026-04-30T00:00', '2026-05-29T00:00']],
    ['cron(0 9 ? * 2#1 *)', ['2026-03-02T09:00', '2026-04-06T09:00', '2026-05-04T09:00']],
    ['cron(0 0 ? * L *)', ['2026-02-28T00:00', '2026-03-07T00:00', '2026-03-14T00:00']],
    ['cron(0 0 ? * SAT-SUN *)', ['2026-02-28T00:00', '2026-03-01T00:00', '2026-03-07T00:00']],
    [
      'cron(5,50 8-17/4 29 2 ? 2026-2030)',
      ['2028-02-29T08:05', '2028-02-29T08:50', '2028-02-29T12:05'],
    ],
    ['cron(0 0 31 4 ? *)', []],
    ['cron(0 0 1 1 ? 2020)', []],
    ['at(2026-03-01T12:30:00)', ['2026-03-01T12:30']],
    ['at(2026-01-01T00:00:00)', []],
  ])('follows %s', (text, expected) => {
    expect(times(text, '2026-02-27T09:00:00Z')).toEqual(expected);
  });

  test('counts a rate from its start', () => {
    const start = '2026-02-27T09:10:00Z';

    expect(times('rate(20 minutes)', '2026-02-27T09:00:00Z', { start })).toEqual([
      '2026-02-27T09:10',
      '2026-02-27T09:30',
      '2026-02-27T09:50',
    ]);
    expect(times('rate(1 day)', '2026-02-28T23:00:00Z', { start, count: 1 })).toEqual([
      '2026-03-01T09:10',
    ]);
  });

  test('leaves out what is before the start and after the end', () => {
    const span = { start: '2026-03-02T00:00:00Z', end: '2026-03-03T10:00:00Z' };

    expect(times('cron(0 10 * * ? *)', '2026-02-27T09:00:00Z', span)).toEqual([
      '2026-03-02T10:00',
      '2026-03-03T10:00',
    ]);
  });

  test('leaves out the hour that is not there when clocks are put forward', () => {
    const timeZone = 'America/New_York';

    expect(times('cron(30 2 * * ? *)', '2026-03-07T05:00:00Z', { timeZone })).toEqual([
      '2026-03-07T07:30',
      '2026-03-09T06:30',
      '2026-03-10T06:30',
    ]);
  });

  test('counts the hour once that is there twice when clocks are put back', () => {
    const timeZone = 'America/New_York';

    expect(times('cron(30 1 * * ? *)', '2026-10-31T12:00:00Z', { timeZone })).toEqual([
      '2026-11-01T05:30',
      '2026-11-02T06:30',
      '2026-11-03T06:30',
    ]);
  });

  test('keeps a rate of days at 24 hours when clocks change', () => {
    const options = { timeZone: 'Europe/Berlin', start: '2026-03-28T09:00:00Z' };

    expect(times('rate(1 day)', '2026-03-28T09:00:00Z', options)).toEqual([
      '2026-03-29T09:00',
      '2026-03-30T09:00',
      '2026-03-31T09:00',
    ]);
  });

  test('reads a one-time schedule in its time zone', () => {
    const at = (text: string) => times(text, '2026-01-01T00:00:00Z', { timeZone: 'Asia/Kolkata' });

    expect(at('at(2026-07-01T12:00:00)')).toEqual(['2026-07-01T06:30']);
    expect(
      times('at(2026-03-08T02:30:00)', '2026-01-01T00:00:00Z', { timeZone: 'America/New_York' }),
    ).toEqual(['2026-03-08T07:30']);
  });
});
