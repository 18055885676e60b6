import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  GetTagsCommand,
  LimitExceededException,
} from '@aws-sdk/client-cost-explorer';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Json } from '../../core/json.ts';
import { createTestClock, type TestClock } from '../../core/test-clock.ts';
import { clientOptions, startTestEndpoint } from '../../endpoint/endpoint-under-test.ts';
import { type CostExplorer, createCostExplorer } from './cost-explorer.ts';

const caller = { arn: 'arn:aws:iam::123456789012:root' };
const MONTHS = 4;
// The clock stands in the third of these months; the last series value is January's, whole.
const SECTION: Json = {
  months: MONTHS,
  settlesOnDay: 6,
  pageSize: 2,
  accounts: { '111111111111': 'web', '222222222222': 'data' },
  rows: [
    {
      service: 'Amazon Relational Database Service',
      account: '222222222222',
      tags: { team: 'data' },
      monthly: ['100', '100', '110.0000000001', '124'],
      metrics: { AmortizedCost: ['90', '90', '90', '93'] },
    },
    {
      service: 'Amazon Elastic Compute Cloud - Compute',
      tags: { team: 'web' },
      purchaseType: 'Spot Instances',
      monthly: ['10', '10', '10', '31'],
    },
    { service: 'AWS Lambda', monthly: [null, null, '0.0000000003', null] },
    { service: 'Amazon Simple Storage Service', monthly: ['1', '2', '3', '3.1'] },
    {
      service: 'Amazon Simple Storage Service',
      recordType: 'Credit',
      monthly: ['-1', '-1', '-1', '-1'],
    },
    { service: 'Tax', recordType: 'Tax', whenSettled: true, monthly: ['20', '20', '20', '20'] },
  ],
  reservations: {
    purchasedHours: ['744', '720', '744', '744'],
    usedHours: ['744', '720', '372', '744'],
    onDemandHours: ['256', '0', '124', '0'],
  },
};

const DECEMBER = { Start: '2025-12-01', End: '2026-01-01' };
const BY_SERVICE = [{ Type: 'DIMENSION', Key: 'SERVICE' }];

let clock: TestClock;
let ce: CostExplorer;

beforeEach(() => {
  clock = createTestClock('2026-01-11T10:00:00.000Z');
  ce = createCostExplorer({ clock, region: 'us-east-1', accountId: '123456789012' });
  ce.simulated.seed(SECTION);
});

/** Runs an action, and returns what a client would read. */
async function run(action: string, input: object, region?: string) {
  const response = await ce.service.actions[action]!(input, { ...caller, region });
  return JSON.parse(JSON.stringify(response));
}

const costs = (more: object = {}) =>
  run('GetCostAndUsage', {
    TimePeriod: DECEMBER,
    Granularity: 'MONTHLY',
    Metrics: ['UnblendedCost'],
    ...more,
  });

describe('GetCostAndUsage', () => {
  test('totals a month, whose End is exclusive, to the last decimal', async () => {
    expect(await costs()).toEqual({
      ResultsByTime: [
        {
          TimePeriod: DECEMBER,
          Estimated: false,
          Total: { UnblendedCost: { Amount: '142.0000000004', Unit: 'USD' } },
          Groups: [],
        },
      ],
    });
  });

  test('loses the last day for who takes End for inclusive', async () => {
    const { ResultsByTime } = await costs({
      TimePeriod: { ...DECEMBER, End: '2025-12-31' },
      Filter: {
        Dimensions: { Key: 'SERVICE', Values: ['Amazon Elastic Compute Cloud - Compute'] },
      },
    });

    expect(ResultsByTime[0].Total.UnblendedCost.Amount).toBe('9.6774193548');
  });

  test('returns days that add up to their month', async () => {
    const { ResultsByTime } = await costs({ Granularity: 'DAILY' });

    expect(ResultsByTime).toHaveLength(31);
    const units = ResultsByTime.map((day: { Total: { UnblendedCost: { Amount: string } } }) => {
      const [whole, fraction = ''] = day.Total.UnblendedCost.Amount.split('.');
      return BigInt(`${whole}${fraction.padEnd(10, '0')}`);
    });
    expect(units.reduce((sum: bigint, unit: bigint) => sum + unit)).toBe(1_420_000_000_004n);
  });

  test('with GroupBy has no total, and pages that repeat their periods', async () => {
    const period = { TimePeriod: { Start: '2025-11-01', End: '2026-01-01' }, GroupBy: BY_SERVICE };
    const first = await costs(period);
    const second = await costs({ ...period, NextPageToken: first.NextPageToken });
    const third = await costs({ ...period, NextPageToken: second.NextPageToken });

    const keys = (page: typeof first) =>
      page.ResultsByTime.map(
        ({
          TimePeriod,
          Groups,
        }: {
          TimePeriod: { Start: string };
          Groups: { Keys: string[] }[];
        }) => [TimePeriod.Start, ...Groups.map(({ Keys }) => Keys[0])],
      );
    expect(keys(first)).toEqual([
      ['2025-11-01', 'Amazon Elastic Compute Cloud - Compute'],
      ['2025-12-01', 'AWS Lambda', 'Amazon Elastic Compute Cloud - Compute'],
    ]);
    expect(keys(second)).toEqual([
      ['2025-11-01', 'Amazon Relational Database Service', 'Amazon Simple Storage Service'],
      ['2025-12-01', 'Amazon Relational Database Service', 'Amazon Simple Storage Service'],
    ]);
    expect(first.ResultsByTime[0].Total).toEqual({});
    expect(third.NextPageToken).toBeUndefined();
    expect(first).not.toHaveProperty('nextToken');
    expect(ce.simulated.show()).toMatchObject({ billedRequests: 3, billedDollars: '0.03' });
  });

  test('groups by a tag, with a key for what has none, and by account, with names', async () => {
    const { ResultsByTime, DimensionValueAttributes } = await costs({
      GroupBy: [
        { Type: 'TAG', Key: 'team' },
        { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' },
      ],
      Filter: { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Tax', 'Credit'] } } },
    });

    expect(ResultsByTime[0].Groups.map(({ Keys }: { Keys: string[] }) => Keys)).toEqual([
      ['team$', '111111111111'],
      ['team$data', '222222222222'],
    ]);
    expect(DimensionValueAttributes).toEqual([
      { Value: '111111111111', Attributes: { description: 'web' } },
      { Value: '222222222222', Attributes: { description: 'data' } },
    ]);
  });

  test('marks as estimated what may change, and has the tax only once it is settled', async () => {
    const january = { TimePeriod: { Start: '2026-01-01', End: '2026-02-01' } };
    const before = await costs(january);
    await clock.advance(26 * 86_400_000);
    const after = await costs(january);

    // Ten days of 31 are known on the eleventh.
    expect(before.ResultsByTime[0]).toMatchObject({
      Estimated: true,
      Total: { UnblendedCost: { Amount: '50.6774193549' } },
    });
    expect(after.ResultsByTime[0]).toMatchObject({
      Estimated: false,
      Total: { UnblendedCost: { Amount: '177.1' } },
    });
  });

  test('returns each metric, which falls back on the bill', async () => {
    const { ResultsByTime } = await costs({
      Metrics: ['AmortizedCost', 'NetAmortizedCost', 'UsageQuantity'],
    });

    expect(ResultsByTime[0].Total).toEqual({
      AmortizedCost: { Amount: '122.0000000003', Unit: 'USD' },
      NetAmortizedCost: { Amount: '122.0000000003', Unit: 'USD' },
      UsageQuantity: { Amount: '0', Unit: 'N/A' },
    });
  });

  test.each([
    [
      { And: [{ Tags: { Key: 'team', Values: ['data'] } }] },
      'And expression must have at least 2 operands',
    ],
    [
      {},
      'Expression has zero or more than one roots. Only one root operator is allowed for each expression: "and", "or", "not", "tag" or "dimensionValue"',
    ],
    [{ CostCategories: { Key: 'c' } }, 'A filter by CostCategories is not rehearsed'],
    [{ Dimensions: { Key: 'SERVICE', Values: [] } }, 'A filter needs Values'],
  ])('refuses the filter %j', async (Filter, message) => {
    await expect(costs({ Filter })).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  test('filters with And, Or, Not and match options', async () => {
    const { ResultsByTime } = await costs({
      Filter: {
        And: [
          {
            Or: [
              {
                Dimensions: {
                  Key: 'SERVICE',
                  Values: ['amazon'],
                  MatchOptions: ['STARTS_WITH', 'CASE_INSENSITIVE'],
                },
              },
              { Tags: { Key: 'team', Values: ['web'] } },
            ],
          },
          { Tags: { Key: 'team', MatchOptions: ['ABSENT'] } },
          { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit'] } } },
        ],
      },
    });

    expect(ResultsByTime[0].Total.UnblendedCost.Amount).toBe('3');
  });

  test.each([
    [
      { TimePeriod: { Start: '2025-12-1', End: '2026-01-01' } },
      'ValidationException',
      'Start time 2025-12-1 is invalid. Valid format is: yyyy-MM-dd.',
    ],
    [
      { TimePeriod: { Start: '2025-12-01', End: '2025-12-01' } },
      'ValidationException',
      'Start date (and hour) should be before end date (and hour)',
    ],
    [
      { TimePeriod: { Start: '2026-01-01', End: '2026-02-02' } },
      'ValidationException',
      'end date past the beginning of next month',
    ],
    [
      { TimePeriod: { Start: '2024-11-30', End: '2026-01-01' } },
      'ValidationException',
      "You haven't enabled historical data beyond 14 months.",
    ],
    [
      { TimePeriod: { Start: '2020-01-01', End: '2026-01-01' } },
      'BillExpirationException',
      'The requested report expired. Update the date interval and try again.',
    ],
    [{ Metrics: [] }, 'ValidationException', 'Metrics is required'],
    [{ Granularity: 'HOURLY' }, 'ValidationException', 'The granularity HOURLY is not rehearsed'],
    [
      { GroupBy: [...BY_SERVICE, ...BY_SERVICE, ...BY_SERVICE] },
      'ValidationException',
      'Only two values for GroupBy are allowed',
    ],
    [
      { GroupBy: BY_SERVICE, NextPageToken: 'abc' },
      'InvalidNextTokenException',
      expect.any(String),
    ],
  ])('refuses %j', async (more, name, message) => {
    await expect(costs(more)).rejects.toMatchObject({ name, message });
    expect(ce.simulated.show()).toMatchObject({ billedRequests: 0, refusedRequests: 1 });
  });

  test('refuses a page of another request', async () => {
    const { NextPageToken } = await costs({ GroupBy: BY_SERVICE });

    await expect(
      costs({
        GroupBy: BY_SERVICE,
        NextPageToken,
        Filter: { Tags: { Key: 'team', Values: ['web'] } },
      }),
    ).rejects.toMatchObject({ name: 'RequestChangedException' });
  });

  test('is served in us-east-1 alone', async () => {
    await expect(run('GetCostAndUsage', {}, 'eu-west-1')).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
  });
});

describe('GetCostForecast', () => {
  const ask = (more: object = {}) =>
    run('GetCostForecast', {
      TimePeriod: { Start: '2026-01-11', End: '2026-02-01' },
      Granularity: 'MONTHLY',
      Metric: 'UNBLENDED_COST',
      ...more,
    });

  test('goes on at the pace of the last three months', async () => {
    const { Total, ForecastResultsByTime } = await ask({ PredictionIntervalLevel: 80 });

    // October to December come to 403.0000000004 in 92 days.
    expect(Total).toEqual({ Amount: '91.9891304348', Unit: 'USD' });
    expect(ForecastResultsByTime).toMatchObject([
      { MeanValue: '91.9891304348', PredictionIntervalUpperBound: '101.1880434782' },
    ]);
  });

  test('is refused without enough history, and for the past', async () => {
    await expect(ask({ TimePeriod: DECEMBER })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    ce.simulated.seed({
      months: 1,
      accounts: { '1': 'a' },
      rows: [{ service: 'x', monthly: ['1'] }],
    });
    await expect(ask()).rejects.toMatchObject({
      name: 'DataUnavailableException',
      message: 'Insufficient amount of historical data.',
    });
  });
});

describe('commitments', () => {
  test('are covered and used as the months say', async () => {
    const input = { TimePeriod: DECEMBER, Granularity: 'MONTHLY' };

    expect(await run('GetReservationCoverage', input)).toMatchObject({
      CoveragesByTime: [{ Total: { CoverageHours: { CoverageHoursPercentage: '75' } } }],
    });
    const { Total } = await run('GetReservationUtilization', {
      TimePeriod: { Start: '2025-11-01', End: '2026-01-01' },
    });
    expect(Total).toMatchObject({
      PurchasedHours: '1464',
      UnusedHours: '372',
      UtilizationPercentage: '74.5901639344',
    });
  });

  test('are unavailable where there are none', async () => {
    await expect(run('GetSavingsPlansCoverage', { TimePeriod: DECEMBER })).rejects.toMatchObject({
      name: 'DataUnavailableException',
    });
  });
});

describe('GetDimensionValues and GetTags', () => {
  test('list what is there', async () => {
    expect(
      await run('GetDimensionValues', { TimePeriod: DECEMBER, Dimension: 'LINKED_ACCOUNT' }),
    ).toEqual({
      DimensionValues: [
        { Value: '111111111111', Attributes: { description: 'web' } },
        { Value: '222222222222', Attributes: { description: 'data' } },
      ],
      ReturnSize: 2,
      TotalSize: 2,
    });
    expect(await run('GetTags', { TimePeriod: DECEMBER })).toMatchObject({ Tags: ['team'] });
    expect(await run('GetTags', { TimePeriod: DECEMBER, TagKey: 'team' })).toMatchObject({
      Tags: ['', 'data', 'web'],
    });
  });
});

describe('the simulated resources', () => {
  test('is throttled for so many requests, which cost nothing', async () => {
    ce.simulated.faults['costs-throttled']?.start('2');

    await expect(costs()).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Rate limit exceeded',
    });
    await expect(costs()).rejects.toMatchObject({ name: 'LimitExceededException' });
    await costs();

    expect(ce.simulated.show()).toMatchObject({ billedRequests: 1, refusedRequests: 2 });
    expect(() => ce.simulated.faults['costs-throttled']?.start('many')).toThrow(
      '"many" is no count',
    );
  });

  test('is refused with everything that is wrong', () => {
    expect(() =>
      ce.simulated.seed({
        months: 2,
        currency: 'dollars',
        accounts: { '1': 'a' },
        rows: [{ service: 'x', monthly: ['1', 2], colour: 'red', monthy: [] }, { monthly: [] }],
        savingsPlans: {},
      }),
    ).toThrow(
      [
        'costs.currency: Write a currency such as USD',
        'costs.rows[0].monthly[1]: Write an amount such as "12.5", or null',
        'costs.rows[0].colour: Unknown field: the fields are account, metrics, monthly, purchaseType, recordType, region, service, tags, usageType, usageUnit, whenSettled',
        'costs.rows[0].monthy: Unknown field: did you mean monthly?',
        'costs.rows[1].service: Missing: write a text',
        'costs.savingsPlans.commitment: Missing: write a list',
        'costs.savingsPlans.usedCommitment: Missing: write a list',
        'costs.savingsPlans.coveredSpend: Missing: write a list',
        'costs.savingsPlans.onDemandCost: Missing: write a list',
      ].join('\n'),
    );
  });

  test('is refused with accounts that are not there, and months without an amount', () => {
    const hours = { purchasedHours: ['1', '1'], usedHours: ['1', '1'], onDemandHours: [] };
    expect(() =>
      ce.simulated.seed({
        months: 2,
        accounts: { '1': 'a' },
        rows: [
          { service: 'x', account: '9', monthly: ['1', null] },
          { service: 'y', monthly: [], metrics: { UsageQuantity: ['1'] } },
        ],
        reservations: hours,
      }),
    ).toThrow(
      [
        'costs.rows[0].account: There is no account "9"',
        'costs.rows[1].monthly: Write 2 amounts, one a month: there are 0',
        'costs.rows[1].metrics.UsageQuantity: Write 2 amounts, one a month: there are 1',
        'costs.reservations.onDemandHours: Write 2 amounts, one a month: there are 0',
      ].join('\n'),
    );
  });

  test('without bills has no data', async () => {
    ce.simulated.seed({ accounts: {}, rows: [] });

    await expect(costs()).rejects.toMatchObject({ name: 'DataUnavailableException' });
  });
});

describe('over the wire', () => {
  let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;

  beforeEach(async () => {
    endpoint = await startTestEndpoint([ce.service]);
  });

  afterEach(() => endpoint.close());

  test('the SDK reads pages, tags, forecasts and refusals', async () => {
    const client = new CostExplorerClient({ ...clientOptions(endpoint.url), region: 'us-east-1' });
    const ask = (NextPageToken?: string) =>
      client.send(
        new GetCostAndUsageCommand({
          TimePeriod: DECEMBER,
          Granularity: 'MONTHLY',
          Metrics: ['UnblendedCost'],
          GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
          NextPageToken,
        }),
      );
    const first = await ask();
    const second = await ask(first.NextPageToken);

    expect(first.ResultsByTime?.[0]?.Groups?.[0]).toEqual({
      Keys: ['AWS Lambda'],
      Metrics: { UnblendedCost: { Amount: '0.0000000003', Unit: 'USD' } },
    });
    expect(second.ResultsByTime?.[0]?.TimePeriod).toEqual(DECEMBER);
    expect(
      await client.send(
        new GetCostForecastCommand({
          TimePeriod: { Start: '2026-01-11', End: '2026-02-01' },
          Granularity: 'MONTHLY',
          Metric: 'UNBLENDED_COST',
        }),
      ),
    ).toMatchObject({ Total: { Unit: 'USD' } });
    expect((await client.send(new GetTagsCommand({ TimePeriod: DECEMBER }))).Tags).toEqual([
      'team',
    ]);

    ce.simulated.faults['costs-throttled']?.start(undefined);
    await expect(ask()).rejects.toBeInstanceOf(LimitExceededException);
    expect(endpoint.bugs).toEqual([]);
  });
});
