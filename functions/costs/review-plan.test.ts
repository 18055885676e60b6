import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { safeParse } from 'valibot';
import { withPeriod } from './cost-query.ts';
import { planReview, queriesOf, withMonth } from './review-plan.ts';
import { CostReviewRequestedSchema, readReviewRequest } from './review-request.ts';

const NOW = '2026-11-06T06:00:00.000Z';
const DEFAULTS = { meanOf: 6, settledOnDay: 6 };

describe('planReview()', () => {
  test('is of the last complete month, without credits, refunds and tax', () => {
    expect(planReview({ version: 1 }, NOW, DEFAULTS)).toEqual({
      reviewId: '2026-10/unblended-cost',
      month: '2026-10',
      metric: 'UnblendedCost',
      excludes: ['Credit', 'Refund', 'Tax'],
      groupBy: [],
      refresh: false,
      meanOf: 6,
      today: '2026-11-06',
      settledOn: '2026-11-06',
    });
  });

  test('names reviews that differ differently, and the same one the same', () => {
    const idOf = (more: object) => planReview({ version: 1, ...more }, NOW, DEFAULTS).reviewId;

    expect(
      idOf({
        groupBy: ['tag:team', 'account'],
        costMetric: 'NetAmortizedCost',
        includeCredits: true,
      }),
    ).toBe('2026-10/net-amortized-cost-with-credits-by-account-by-tag-team');
    expect(idOf({ groupBy: ['account', 'tag:team', 'account'] })).toBe(
      idOf({ groupBy: ['tag:team', 'account'], refresh: true }),
    );
    const ids = ['tag:a b', 'tag:a_b', 'tag:a-b', 'tag:ab'].map((tag) => idOf({ groupBy: [tag] }));
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[\w/-]+$/);
  });

  test.each(['2026-11', '2027-01'])('refuses %s, which is not over', (month) => {
    expect(() => planReview({ version: 1, month }, NOW, DEFAULTS)).toThrow(
      expect.objectContaining({ name: 'IncompleteMonthError' }),
    );
  });

  test('takes a month over in its first second, and in UTC', () => {
    const review = planReview({ version: 1 }, '2026-11-01T00:00:00.000Z', DEFAULTS);

    expect(review.month).toBe('2026-10');
    expect(review.settledOn > review.today).toBe(true);
  });

  test('refuses a month that Cost Explorer keeps without the one before', () => {
    expect(planReview({ version: 1, month: '2025-11' }, NOW, DEFAULTS).month).toBe('2025-11');
    expect(() => planReview({ version: 1, month: '2025-10' }, NOW, DEFAULTS)).toThrow(
      expect.objectContaining({ name: 'MonthTooOldError' }),
    );
  });
});

describe('queriesOf()', () => {
  const queries = (month?: string, now = NOW) =>
    queriesOf(planReview({ version: 1, ...(month === undefined ? {} : { month }) }, now, DEFAULTS));

  test('asks for the month and six before, whose end is exclusive', () => {
    expect(queries()[0]).toMatchObject({
      name: 'by-service',
      start: '2026-04-01',
      end: '2026-11-01',
    });
  });

  test('never asks for what Cost Explorer keeps no more', () => {
    expect(queries('2025-12')[0]).toMatchObject({ start: '2025-10-01', end: '2026-01-01' });
  });

  test('has the whole bill by charge type, whatever the comparison leaves out', () => {
    expect(queries().find(({ name }) => name === 'by-record-type')).toMatchObject({
      groupBy: ['RECORD_TYPE'],
      excludes: [],
    });
  });

  test('asks for this month in two parts, and on its first day in one', () => {
    const outlook = (now: string) =>
      queries(undefined, now)
        .filter(({ name }) => name === 'month-to-date' || name === 'forecast')
        .map(({ name, start, end }) => [name, start, end]);

    expect(outlook(NOW)).toEqual([
      ['month-to-date', '2026-11-01', '2026-11-06'],
      ['forecast', '2026-11-06', '2026-12-01'],
    ]);
    expect(outlook('2026-11-01T06:00:00Z')).toEqual([['forecast', '2026-11-01', '2026-12-01']]);
  });

  test('requires costs alone', () => {
    expect(
      queries()
        .filter(({ isRequired }) => isRequired)
        .map(({ name }) => name),
    ).toEqual(['by-service']);
  });
});

describe('readReviewRequest()', () => {
  test('reads the event of the bus', () => {
    const event = JSON.parse(readFileSync('events/costs/cost-review-requested.json', 'utf8'));

    expect(readReviewRequest(event)).toEqual({ version: 1 });
  });

  test('reads the schedule, whose time counts and not the arrival', () => {
    const schedule = {
      source: 'signalbox.schedule',
      'detail-type': 'Scheduled Cost Review',
      time: '2026-10-06T06:00:00Z',
    };

    expect(readReviewRequest(schedule)).toEqual({ version: 1, month: '2026-09' });
  });

  test.each([
    [{}, 'detail-type'],
    [
      { 'detail-type': 'CostReviewRequested', source: 'signalbox.costs', detail: { version: 2 } },
      'detail.version',
    ],
    [
      {
        'detail-type': 'CostReviewRequested',
        source: 'signalbox.costs',
        detail: { version: 1, month: 'May', groupBy: ['colour'] },
      },
      'detail.month: Is no month: write 2026-10; detail.groupBy[0]: Is no grouping: write account, region or tag:key',
    ],
  ])('refuses %j with everything wrong', (input, message) => {
    expect(() => readReviewRequest(input)).toThrow(
      expect.objectContaining({
        name: 'InvalidCostReviewRequestError',
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe('CostReviewRequestedSchema', () => {
  const schema = JSON.parse(readFileSync('events/costs/cost-review-requested.schema.json', 'utf8'));
  const validate = new Ajv({ allErrors: true }).compile(schema);

  test.each([
    [{ version: 1 }, true],
    [
      {
        version: 1,
        month: '2026-10',
        costMetric: 'NetAmortizedCost',
        includeCredits: true,
        groupBy: ['tag:cost center', 'region'],
        refresh: false,
      },
      true,
    ],
    [{}, false],
    [{ version: 1, month: '2026-13' }, false],
    [{ version: 1, costMetric: 'UsageQuantity' }, false],
    [{ version: 1, includeCredits: 'yes' }, false],
    [{ version: 1, groupBy: ['service'] }, false],
    [{ version: 1, groupBy: ['tag:a', 'tag:b', 'tag:c', 'tag:d', 'tag:e'] }, false],
    [{ version: 1, colour: 'red' }, false],
  ])('agrees with the JSON schema on %j', (detail, passes) => {
    const event = { 'detail-type': 'CostReviewRequested', source: 'signalbox.costs', detail };

    expect([validate(event), safeParse(CostReviewRequestedSchema, detail).success]).toEqual([
      passes,
      passes,
    ]);
  });
});

describe('an input without days', () => {
  const now = '2036-01-06T06:00:00.000Z';

  test('asks for the last month that is over and the six before it', () => {
    const [named] = queriesOf(planReview({ version: 1 }, now, { meanOf: 6, settledOnDay: 6 }));
    if (named === undefined) throw new TypeError('A review asks nothing');
    const { start: _start, end: _end, ...undated } = named;

    expect(withPeriod(undated, now)).toEqual(named);
  });

  test('reviews the last month that is over', () => {
    const review = planReview({ version: 1 }, now, DEFAULTS);
    const { month: _month, today: _today, settledOn: _settledOn, ...undated } = review;

    expect(withMonth(undated, now)).toEqual(review);
  });

  test('keeps the days that it names', () => {
    const review = planReview({ version: 1, month: '2035-07' }, now, {
      meanOf: 3,
      settledOnDay: 6,
    });

    expect(withMonth(review, '2036-05-01T00:00:00.000Z')).toEqual(review);
    for (const query of queriesOf(review)) {
      expect(withPeriod(query, '2036-05-01T00:00:00.000Z')).toEqual(query);
    }
  });
});
