import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestDatabase, type TestDatabase, tableWithKey } from '../shared/test-database.ts';
import { type BeginReview, claimPut } from './begin-review/begin-review.ts';
import {
  type CompleteReview,
  completeUpdate,
  lastCompletedUpdate,
  measured,
} from './complete-review/complete-review.ts';
import type { CostQuery } from './cost-query.ts';
import { type AnswerCache, fetchAnswer, readAnswer } from './fetch-answer.ts';
import { ageDays, readOrStart } from './measure-review-age/measure-review-age.ts';
import { type CostReview, planReview } from './review-plan.ts';

let database: TestDatabase;
let documents: DynamoDBDocumentClient;
let createCostCache: (tableName: string, runId: string) => AnswerCache;

beforeAll(async () => {
  database = await openTestDatabase();
  documents = database.documents;
  process.env['AWS_ENDPOINT_URL'] = database.url;
  process.env['AWS_REGION'] = 'eu-central-1';
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  // The cache makes its client while it loads.
  ({ createCostCache } = await import('./cost-cache.ts'));
});
afterAll(async () => {
  (await import('../shared/dynamodb.ts')).documents.destroy();
  await database.close();
});
beforeEach(() =>
  database.recreate([
    tableWithKey('Reviews', ['reviewId']),
    tableWithKey('Cache', ['cacheKey', 'entryId']),
  ]),
);

const summary: CompleteReview['summary'] = {
  headline: '2026-10 cost 12.35 USD',
  month: '2026-10',
  metric: 'UnblendedCost',
  isEstimated: false,
  currency: 'USD',
  total: '12.345',
  previous: '10',
  delta: '2.345',
  percent: '23.45',
  forecast: '15',
  budget: '14',
  breaches: 1,
  findings: [],
  missing: [],
  reportKey: 'costs/2026-10/unblended-cost',
};

function reviewAt(now: string, refresh = false): CostReview {
  return planReview({ version: 1, month: '2026-10', refresh }, now, { meanOf: 6, settledOnDay: 6 });
}

/** Claims for an execution, three hours long; returns `claimed`, or the error's name. */
async function claim(executionArn: string, startedAt: string, refresh = false): Promise<string> {
  const leaseExpiresAt = new Date(Date.parse(startedAt) + 10_800_000).toISOString();
  const begin: BeginReview = { request: {}, executionArn, startedAt, leaseExpiresAt };
  return written(new PutCommand(claimPut('Reviews', reviewAt(startedAt, refresh), begin)));
}

async function complete(executionArn: string, completedAt: string, isEstimated = false) {
  const { reviewId } = reviewAt(completedAt);
  return written(
    new UpdateCommand(
      completeUpdate('Reviews', {
        reviewId,
        executionArn,
        completedAt,
        summary: { ...summary, isEstimated },
      }),
    ),
  );
}

async function written(command: PutCommand | UpdateCommand): Promise<string> {
  const sent = command instanceof PutCommand ? documents.send(command) : documents.send(command);
  return sent.then(
    () => 'written',
    (error: Error) => error.name,
  );
}

const REFUSED = 'ConditionalCheckFailedException';

describe('a claim', () => {
  test('is taken once, and again by the same execution alone', async () => {
    expect(await claim('arn:a', '2026-11-06T06:00:00.000Z')).toBe('written');
    expect(await claim('arn:a', '2026-11-06T06:00:00.000Z')).toBe('written');
    expect(await claim('arn:b', '2026-11-06T06:00:05.000Z')).toBe(REFUSED);
    expect(await claim('arn:b', '2026-11-06T06:00:05.000Z', true)).toBe(REFUSED);
  });

  test('is taken over when its execution can run no longer', async () => {
    await claim('arn:a', '2026-11-06T06:00:00.000Z');

    expect(await claim('arn:b', '2026-11-06T08:59:59.000Z')).toBe(REFUSED);
    expect(await claim('arn:b', '2026-11-06T09:00:01.000Z')).toBe('written');
    expect(await complete('arn:a', '2026-11-06T09:00:02.000Z')).toBe(REFUSED);
  });

  test('of a completed review is refused, unless it says refresh', async () => {
    await claim('arn:a', '2026-11-06T06:00:00.000Z');
    await complete('arn:a', '2026-11-06T06:00:40.000Z');

    expect(await claim('arn:b', '2026-11-09T06:00:00.000Z')).toBe(REFUSED);
    expect(await claim('arn:b', '2026-11-09T06:00:00.000Z', true)).toBe('written');
  });

  test('of an estimated review is taken once the month is settled', async () => {
    await claim('arn:a', '2026-11-02T06:00:00.000Z');
    await complete('arn:a', '2026-11-02T06:00:40.000Z', true);

    expect(await claim('arn:b', '2026-11-05T06:00:00.000Z')).toBe(REFUSED);
    expect(await claim('arn:b', '2026-11-06T06:00:00.000Z')).toBe('written');
    await complete('arn:b', '2026-11-06T06:00:40.000Z', true);
    expect(await claim('arn:c', '2026-11-07T06:00:00.000Z')).toBe(REFUSED);
  });

  test('of a failed review is taken by the next', async () => {
    await claim('arn:a', '2026-11-06T06:00:00.000Z');
    await documents.send(
      new UpdateCommand({
        TableName: 'Reviews',
        Key: { reviewId: '2026-10/unblended-cost' },
        UpdateExpression: 'SET #status = :failed',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':failed': 'FAILED' },
      }),
    );

    expect(await claim('arn:b', '2026-11-06T06:10:00.000Z')).toBe('written');
  });
});

describe('completeUpdate()', () => {
  test('notes where the report lies, and who has it', async () => {
    await claim('arn:a', '2026-11-06T06:00:00.000Z');
    await complete('arn:a', '2026-11-06T06:00:40.000Z');

    const Key = { reviewId: '2026-10/unblended-cost' };
    const { Item } = await documents.send(new GetCommand({ TableName: 'Reviews', Key }));
    expect(Item).toMatchObject({
      status: 'COMPLETED',
      executionArn: 'arn:a',
      reportKey: summary.reportKey,
    });
  });
});

describe('measured()', () => {
  test('counts a review, and measures its money in two decimals', () => {
    expect(measured({ summary })).toEqual([
      ['CostReviewsCompleted', 'Count', 1],
      ['CostThresholdsBreached', 'Count', 1],
      ['MonthlyCost', 'NoUnit', 12.35],
      ['MonthlyCostDelta', 'NoUnit', 2.35],
      ['ForecastOverBudget', 'NoUnit', 1],
    ]);
  });

  test('is not over a budget that holds, and leaves out what is unknown', () => {
    const first = { ...summary, delta: null, forecast: '13' };

    expect(measured({ summary: first }).slice(3)).toEqual([['ForecastOverBudget', 'NoUnit', 0]]);
    expect(measured({ summary: { ...first, budget: null } })).toHaveLength(3);
  });
});

describe('readOrStart()', () => {
  test('counts from the last review, and before the first from the first measure', async () => {
    const read = async (now: string): Promise<string> => {
      const { Attributes } = await documents.send(new UpdateCommand(readOrStart('Reviews', now)));
      return String(Attributes?.['completedAt']);
    };

    expect(await read('2026-11-01T07:30:00Z')).toBe('2026-11-01T07:30:00Z');
    expect(await read('2026-11-03T07:30:00Z')).toBe('2026-11-01T07:30:00Z');
    await documents.send(new UpdateCommand(lastCompletedUpdate('Reviews', '2026-11-06T06:00:40Z')));
    expect(await read('2026-11-07T07:30:00Z')).toBe('2026-11-06T06:00:40Z');
    expect(ageDays('2026-11-06T06:00:00Z', '2026-12-07T18:00:00Z')).toBe(31.5);
  });
});

describe('createCostCache()', () => {
  const query: CostQuery = {
    name: 'by-service',
    kind: 'costs',
    start: '2026-09-01',
    end: '2026-11-01',
    metric: 'UnblendedCost',
    groupBy: ['SERVICE'],
    excludes: ['Tax', 'Credit'],
    services: [],
    isRequired: true,
  };
  const period = (month: string, groups = 1) => ({
    start: `${month}-01`,
    end: `${month}-31`,
    isEstimated: false,
    groups: Array.from({ length: groups }, (_, index) => ({
      keys: [`service ${index}`],
      currency: 'USD',
      amount: `${index}.0000000001`,
    })),
  });

  test('keeps months by what was asked, whatever the run and the period', async () => {
    const month = { period: period('2026-10', 3_000), labels: { a: 'A' } };
    await createCostCache('Cache', 'arn:a').putMonth(query, month);

    const other = createCostCache('Cache', 'arn:b');
    const asked = { ...query, name: 'another', start: '2026-10-01', excludes: ['Credit', 'Tax'] };
    expect(await other.readMonths(asked)).toEqual([month]);
    expect(await other.readMonths({ ...query, end: '2026-10-01' })).toEqual([]);
    expect(await other.readMonths({ ...query, metric: 'BlendedCost' })).toEqual([]);
  });

  test("keeps a run's pages in their order, for that run alone", async () => {
    const cache = createCostCache('Cache', 'arn:a');
    const page = (index: number) => ({
      answer: { kind: 'costs' as const, periods: [period('2026-10')], labels: {} },
      start: '2026-09-01',
      end: '2026-11-01',
      askedWith: index === 0 ? undefined : String(index),
      nextPageToken: index === 10 ? undefined : String(index + 1),
    });
    for (let index = 0; index <= 10; index += 1) await cache.putPage(query, index, page(index));

    const pages = await cache.readPages(query);
    expect(pages).toEqual(Array.from({ length: 11 }, (_, index) => page(index)));
    expect(await createCostCache('Cache', 'arn:b').readPages(query)).toEqual([]);
    expect(await cache.readPages({ ...query, name: 'forecast' })).toEqual([]);
  });

  test('serves questions about parts of a month too, which it keeps for the run alone', async () => {
    let paid = 0;
    const ask = async () => {
      paid += 1;
      const part = { ...period('2026-11'), end: '2026-11-22', isEstimated: true };
      return {
        answer: { kind: 'costs' as const, periods: [part], labels: {} },
        nextPageToken: undefined,
      };
    };
    const toDate = { ...query, name: 'month-to-date', start: '2026-11-01', end: '2026-11-22' };
    const cache = createCostCache('Cache', 'arn:a');
    const fetching = { ask, cache, refresh: false, maxPages: 10 };

    await fetchAnswer(toDate, fetching);
    await fetchAnswer(toDate, fetching);

    expect(paid).toBe(1);
    expect(await readAnswer(toDate, cache, false)).toMatchObject({
      periods: [{ end: '2026-11-22' }],
    });
  });
});
