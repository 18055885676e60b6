import { describe, expect, test } from '@jest/globals';
import type { CostAnswer } from '../cost-answer.ts';
import { parseMoney } from '../money.ts';
import { addMonths } from '../month.ts';
import { planReview } from '../review-plan.ts';
import { createReport } from './cost-report.ts';
import type { ReportOptions } from './report-options.ts';
import { reportCsv } from './to-csv.ts';
import { reportJson } from './to-json.ts';
import { reportMarkdown } from './to-markdown.ts';

const review = planReview({ version: 1, groupBy: ['account'] }, '2026-11-06T06:00:00Z', {
  meanOf: 3,
  settledOnDay: 6,
});

const setting: ReportOptions = {
  currency: 'USD',
  thresholds: { amount: parseMoney('100'), percent: 2_000n },
  budget: parseMoney('1000'),
  normaliseDays: false,
};

function costs(
  isEstimated: boolean,
  ...months: readonly Readonly<Record<string, string>>[]
): CostAnswer {
  return {
    kind: 'costs',
    labels: { '111111111111': 'we|b' },
    periods: months.map((amounts, index) => {
      const month = addMonths('2026-10', index - months.length + 1);
      return {
        start: `${month}-01`,
        end: `${addMonths(month, 1)}-01`,
        isEstimated: isEstimated && index === months.length - 1,
        groups: Object.entries(amounts).map(([key, amount]) => ({
          keys: [key],
          currency: key.endsWith('€') ? 'EUR' : 'USD',
          amount,
        })),
      };
    }),
  };
}

const share = (part: string, whole: string): CostAnswer => ({
  kind: 'shares',
  shares: [{ start: '2026-10-01', end: '2026-11-01', part, whole }],
});

function answers(more: Readonly<Record<string, CostAnswer>> = {}): ReadonlyMap<string, CostAnswer> {
  return new Map<string, CostAnswer>(
    Object.entries({
      'by-service': costs(
        false,
        { EC2: '500', S3: '10', Redshift: '90' },
        { EC2: '900.005', S3: '10' },
      ),
      'by-account': costs(false, { '111111111111': '600' }, { '111111111111': '910.005' }),
      'by-record-type': costs(false, { Usage: '910.005', Credit: '-40', Tax: '70' }),
      ...more,
    }),
  );
}

const codes = (
  more: Readonly<Record<string, CostAnswer>> = {},
  change: Partial<ReportOptions> = {},
) =>
  createReport(review, answers(more), { ...setting, ...change }).findings.map(({ code }) => code);

describe('createReport()', () => {
  test('finds what rose, what is gone, and by what groupings', () => {
    const { findings } = createReport(review, answers(), setting);

    expect(findings).toEqual([
      {
        code: 'TotalAboveThreshold',
        severity: 'breach',
        sentence: 'The total rose by 310.01 USD (51.67 %) over the month before',
      },
      {
        code: 'ServiceAboveThreshold',
        severity: 'breach',
        sentence: 'EC2 rose by 400.01 USD (80 %) over the month before',
      },
      {
        code: 'GroupAboveThreshold',
        severity: 'breach',
        sentence: 'account we|b (111111111111) rose by 310.01 USD (51.67 %) over the month before',
      },
      {
        code: 'VanishedService',
        severity: 'info',
        sentence: 'Redshift is gone and had cost 90.00 USD',
      },
    ]);
  });

  test('holds the month and its successor against the budget', () => {
    const outlook = {
      'month-to-date': costs(true, { '': '300' }),
      forecast: { kind: 'forecast', amount: '800', currency: 'USD' } as const,
    };

    expect(codes(outlook)).toContain('ForecastOverBudget');
    expect(codes(outlook, { budget: parseMoney('900') })).toContain('OverBudget');
    expect(codes(outlook, { budget: undefined })).not.toContain('ForecastOverBudget');
    const euros = { ...outlook, forecast: { ...outlook.forecast, currency: 'EUR' } };
    expect(codes(euros)).not.toContain('ForecastOverBudget');
  });

  test('says that it is estimated, or the first month, or of other currencies', () => {
    expect(codes({ 'by-service': costs(true, { EC2: '1' }, { EC2: '1' }) })).toContain(
      'EstimatedData',
    );
    expect(codes({ 'by-service': costs(false, { EC2: '1' }) })).toContain('FirstMonth');
    const mixed = { 'by-service': costs(false, { EC2: '1' }, { EC2: '1', 'EC2 €': '900' }) };
    expect(codes(mixed)).toContain('OtherCurrencies');
    expect(codes(mixed)).not.toContain('ServiceAboveThreshold');
  });

  test.each([
    ['reservation-utilization', share('600', '744'), 'ReservationsUnused'],
    ['reservation-utilization', share('700', '744'), undefined],
    ['reservation-utilization', share('0', '0'), undefined],
    ['savings-plans-utilization', share('400', '500'), 'SavingsPlansUnused'],
    ['reservation-coverage', share('40', '100'), 'ReservationsBelowBase'],
    ['reservation-coverage', share('99', '100'), 'ReservationsAboveBase'],
    ['savings-plans-coverage', share('60', '100'), undefined],
    [
      'by-purchase-type',
      costs(false, { 'On Demand Instances': '60', 'Spot Instances': '40' }),
      'OnDemandAbovePlan',
    ],
    [
      'by-purchase-type',
      costs(false, { 'On Demand Instances': '20', 'Spot Instances': '80' }),
      undefined,
    ],
    ['by-purchase-type', costs(false, { 'On Demand Instances': '20', '€': '80' }), undefined],
  ])('holds capacity to the plan: %s %#', (name, answer, code) => {
    const usual = codes();

    expect(codes({ [name]: answer })).toEqual(code === undefined ? usual : [...usual, code]);
  });

  test('goes without what has no answer, but not without costs', () => {
    const nothing: CostAnswer = { kind: 'unavailable', reason: 'Data is not available' };

    expect(createReport(review, answers({ forecast: nothing }), setting).missing).toEqual([
      { name: 'forecast', reason: 'Data is not available' },
    ]);
    expect(() => createReport(review, answers({ 'by-service': nothing }), setting)).toThrow(
      expect.objectContaining({
        name: 'CostsNotFetchedError',
        message: 'The costs by-service are missing: Data is not available',
      }),
    );
  });

  test('links to the same in the console, whose last day is inclusive', () => {
    const url = new URL(createReport(review, answers(), setting).link);
    const query = new URLSearchParams(url.hash.split('?')[1]);

    expect(url.host).toBe('us-east-1.console.aws.amazon.com');
    expect(Object.fromEntries(query)).toMatchObject({
      startDate: '2026-07-01',
      endDate: '2026-10-31',
      costAggregate: 'unBlendedCost',
      filter: expect.stringContaining('"EXCLUDES"'),
    });
  });
});

describe('reportJson()', () => {
  test('keeps every decimal, and null for what is unknown', () => {
    const json = reportJson(createReport(review, answers(), setting));

    expect(JSON.parse(JSON.stringify(json))).toMatchObject({
      version: 1,
      month: '2026-10',
      thresholds: { currency: 'USD', amount: '100', percent: '20' },
      groupings: [
        {
          name: 'by-service',
          comparisons: [
            { total: { current: '910.005', previous: '600', mean: null, percent: '51.67' } },
          ],
        },
        { name: 'by-account' },
      ],
      recordTypes: expect.arrayContaining([{ name: 'Credit', currency: 'USD', amount: '-40' }]),
      outlook: null,
    });
  });
});

describe('reportCsv()', () => {
  test('has a line for each group and total, and no formula', () => {
    const odd = costs(
      false,
      { '=HYPERLINK("x")': '1', 'a,b': '2' },
      { '=HYPERLINK("x")': '1', 'a,b': '2' },
    );
    const rows = reportCsv(createReport(review, answers({ 'by-service': odd }), setting)).split(
      '\r\n',
    );

    expect(rows[0]).toBe(
      'month,metric,grouping,currency,key,label,status,current,previous,delta,percent,mean,meanDelta,meanPercent,estimated',
    );
    expect(rows[1]).toBe('2026-10,UnblendedCost,by-service,USD,,Total,unchanged,3,3,0,0,,,,false');
    expect(rows[2]).toContain('"a,b","a,b"');
    expect(rows[3]).toContain(`"'=HYPERLINK(""x"")"`);
  });
});

describe('reportMarkdown()', () => {
  test('shows the dearest, sums the long tail, and keeps names from breaking tables', () => {
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`service ${index}`, String(100 - index)]),
    );
    const text = reportMarkdown(
      createReport(
        review,
        answers({ 'by-service': costs(false, many, { ...many, 'service 0': '101' }) }),
        setting,
      ),
    );

    expect(text).toContain(
      'UnblendedCost, without Credit, Refund, Tax, compared with the month before',
    );
    expect(text).toContain('| service 0 | 101.00 | 100.00 | 1.00 | 1 | – |  |');
    expect(text).toContain('| 5 others | 415.00 | 415.00 | 0.00 | | | |');
    expect(text).not.toContain('service 19');
    expect(text).toContain('we\\|b (111111111111)');
    expect(text).toContain('Moved most in USD: service 0 1.00.');
    expect(text).toContain('| Credit | -40.00 USD |');
  });
});
