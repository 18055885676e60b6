import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Json } from '../../packages/signalbox/src/core/json.ts';
import { createTestClock } from '../../packages/signalbox/src/core/test-clock.ts';
import { startTestEndpoint } from '../../packages/signalbox/src/endpoint/endpoint-under-test.ts';
import {
  type CostExplorer,
  createCostExplorer,
} from '../../packages/signalbox/src/services/cost-explorer/cost-explorer.ts';
import {
  type Ask,
  COST_EXPLORER_REGION,
  costsOf,
  createAsk,
  filterOf,
} from './ask-cost-explorer.ts';
import type { CostQuery } from './cost-query.ts';
import { mergeAnswers } from './merge-answers.ts';
import { planReview, queriesOf } from './review-plan.ts';

const SECTION: Json = {
  months: 3,
  pageSize: 1,
  lastMonth: '2026-11',
  accounts: { '111111111111': 'web' },
  rows: [
    { service: 'Amazon EC2', tags: { team: 'web' }, monthly: ['1', '2', '30'] },
    { service: 'Amazon S3', monthly: ['0.0000000001', '5', '6'] },
    { service: 'Tax', recordType: 'Tax', monthly: ['9', '9', '9'] },
  ],
  reservations: {
    purchasedHours: ['744', '744', '720'],
    usedHours: ['372', '744', '720'],
    onDemandHours: ['372', '0', '0'],
  },
};

const query: CostQuery = {
  name: 'by-service',
  kind: 'costs',
  start: '2026-09-01',
  end: '2026-11-01',
  metric: 'UnblendedCost',
  groupBy: ['SERVICE'],
  excludes: ['Tax'],
  services: [],
  isRequired: true,
};

let ce: CostExplorer;
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: CostExplorerClient;
let ask: Ask;

beforeEach(async () => {
  const clock = createTestClock('2026-11-11T06:00:00.000Z');
  ce = createCostExplorer({ clock, region: 'eu-central-1', accountId: '111111111111' });
  ce.simulated.seed(SECTION);
  endpoint = await startTestEndpoint([ce.service]);
  client = new CostExplorerClient({
    endpoint: endpoint.url,
    region: COST_EXPLORER_REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  ask = createAsk(client);
});

afterEach(() => {
  client.destroy();
  return endpoint.close();
});

describe('createAsk()', () => {
  test('reads every page by its NextPageToken, with the filter on each', async () => {
    const first = await ask(query, undefined);
    const second = await ask(query, first.nextPageToken);

    expect(second.nextPageToken).toBeUndefined();
    expect(mergeAnswers([second.answer, first.answer])).toMatchObject({
      kind: 'costs',
      periods: [
        {
          start: '2026-09-01',
          end: '2026-10-01',
          isEstimated: false,
          groups: [
            { keys: ['Amazon EC2'], currency: 'USD', amount: '1' },
            { keys: ['Amazon S3'], currency: 'USD', amount: '0.0000000001' },
          ],
        },
        { groups: [{ amount: '2' }, { amount: '5' }] },
      ],
    });
    expect(ce.simulated.show()).toMatchObject({ billedRequests: 2 });
  });

  test('names accounts, and groups by a tag', async () => {
    const byAccount = await ask({ ...query, groupBy: ['LINKED_ACCOUNT'] }, undefined);
    const byTag = await ask({ ...query, groupBy: ['tag:team'] }, undefined);

    expect(byAccount.answer).toMatchObject({ labels: { '111111111111': 'web' } });
    expect(byTag.answer).toMatchObject({
      periods: [{ groups: [{ keys: ['team$'] }] }, { groups: [{ keys: ['team$'] }] }],
    });
  });

  test('takes what there is no data for as an answer, which is free', async () => {
    const { answer } = await ask({ ...query, kind: 'savings-plans-coverage' }, undefined);

    expect(answer).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('not available'),
    });
    expect(ce.simulated.show()).toMatchObject({ billedRequests: 0 });
  });

  test('asks all that a review is made of', async () => {
    const review = planReview({ version: 1, groupBy: ['region'] }, '2026-11-11T06:00:00.000Z', {
      meanOf: 3,
      settledOnDay: 6,
    });

    const kinds = await Promise.all(
      queriesOf(review).map(async (one) => [one.name, (await ask(one, undefined)).answer.kind]),
    );

    expect(Object.fromEntries(kinds)).toEqual({
      'by-service': 'costs',
      'by-region': 'costs',
      'by-record-type': 'costs',
      'by-purchase-type': 'costs',
      'reservation-coverage': 'shares',
      'reservation-utilization': 'shares',
      'savings-plans-coverage': 'unavailable',
      'savings-plans-utilization': 'unavailable',
      'month-to-date': 'costs',
      // Two months of history are no base for a forecast.
      forecast: 'unavailable',
    });
  });

  test('tells what may be tried again from what may not', async () => {
    ce.simulated.faults['costs-throttled']?.start('1');

    await expect(ask(query, undefined)).rejects.toMatchObject({
      name: 'CostExplorerUnavailableError',
    });
    await expect(ask({ ...query, end: '2027-01-01' }, undefined)).rejects.toMatchObject({
      name: 'CostExplorerRefusedError',
      message: 'Cost Explorer: ValidationException: end date past the beginning of next month',
    });
    await expect(ask(query, 'no token')).rejects.toMatchObject({ name: 'PageTokenRefused' });
  });
});

describe('costsOf()', () => {
  test('keeps currencies apart, reads exponents, and a total without groups', () => {
    const answer = costsOf(
      {
        ResultsByTime: [
          {
            TimePeriod: { Start: '2026-10-01', End: '2026-11-01' },
            Total: { UnblendedCost: { Amount: '4.2E-8', Unit: 'EUR' } },
            Groups: [],
            Estimated: true,
          },
        ],
      },
      'UnblendedCost',
    );

    expect(answer).toEqual({
      kind: 'costs',
      labels: {},
      periods: [
        {
          start: '2026-10-01',
          end: '2026-11-01',
          isEstimated: true,
          groups: [{ keys: [], currency: 'EUR', amount: '0.000000042' }],
        },
      ],
    });
  });
});

describe('filterOf()', () => {
  test('is one operand by itself, two in And, and none at all', () => {
    const tax = { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Tax'] } } };

    expect(filterOf(query)).toEqual(tax);
    expect(filterOf({ ...query, services: ['a'] })).toEqual({
      And: [tax, { Dimensions: { Key: 'SERVICE', Values: ['a'] } }],
    });
    expect(filterOf({ ...query, excludes: [] })).toBeUndefined();
  });
});
