import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Ask, PageTokenRefused } from './ask-cost-explorer.ts';
import type { PeriodCosts } from './cost-answer.ts';
import { type CostQuery, questionOf } from './cost-query.ts';
import {
  type AnswerCache,
  fetchAnswer,
  type KeptMonth,
  type KeptPage,
  readAnswer,
} from './fetch-answer.ts';
import { monthOf, monthsBetween } from './month.ts';

const query: CostQuery = {
  name: 'by-service',
  kind: 'costs',
  start: '2026-08-01',
  end: '2026-11-01',
  metric: 'UnblendedCost',
  groupBy: ['SERVICE'],
  excludes: [],
  services: [],
  isRequired: true,
};

/** A cache in memory for one table and any number of runs. */
class FakeCostTable {
  readonly months = new Map<string, KeptMonth>();
  readonly pages = new Map<string, KeptPage>();
  /** Fails the next write of a page, after it was paid for. */
  losesPage = false;

  of(run: string): AnswerCache {
    return {
      readMonths: async (asked) =>
        monthsBetween(monthOf(asked.start), monthOf(asked.end)).flatMap(
          (month) => this.months.get(`${JSON.stringify(questionOf(asked))} ${month}`) ?? [],
        ),
      putMonth: async (asked, month) => {
        const key = `${JSON.stringify(questionOf(asked))} ${monthOf(month.period.start)}`;
        this.months.set(key, month);
      },
      readPages: async ({ name }) =>
        [...this.pages]
          .filter(([key]) => key.startsWith(`${run} ${name} `))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, page]) => page),
      putPage: async ({ name }, index, page) => {
        if (this.losesPage) {
          this.losesPage = false;
          throw new Error('The table does not answer');
        }
        this.pages.set(`${run} ${name} ${String(index).padStart(4, '0')}`, page);
      },
    };
  }
}

/** A Cost Explorer of one service a page, which counts what it is paid for. */
class FakeCostExplorer {
  paid = 0;
  readonly asked: string[] = [];
  estimated = '2026-10';
  services: readonly string[] = ['EC2', 'RDS', 'S3'];
  /** Requests that fail before they are answered. */
  failures: Error[] = [];

  readonly ask: Ask = async ({ start, end }, token) => {
    this.asked.push(`${start}..${end} ${token ?? ''}`.trim());
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    this.paid += 1;
    const index = Number(token ?? 0);
    const service = this.services[index];
    const periods = monthsBetween(monthOf(start), monthOf(end)).map(
      (month): PeriodCosts => ({
        start: `${month}-01`,
        end: `${month}-31`,
        isEstimated: month >= this.estimated,
        groups: service === undefined ? [] : [{ keys: [service], currency: 'USD', amount: '1' }],
      }),
    );
    return {
      answer: { kind: 'costs', periods, labels: {} },
      nextPageToken: index + 1 < this.services.length ? String(index + 1) : undefined,
    };
  };
}

let table: FakeCostTable;
let explorer: FakeCostExplorer;

beforeEach(() => {
  table = new FakeCostTable();
  explorer = new FakeCostExplorer();
});

const fetching = (run: string, more: { refresh?: boolean; maxPages?: number } = {}) => ({
  ask: explorer.ask,
  cache: table.of(run),
  refresh: false,
  maxPages: 10,
  ...more,
});

async function groupsOf(run: string, refresh = false) {
  const answer = await readAnswer(query, table.of(run), refresh);
  return answer.kind === 'costs'
    ? answer.periods.map(({ start, groups }) => [start, groups.map(({ keys }) => keys[0])])
    : [];
}

describe('fetchAnswer()', () => {
  test('follows NextPageToken to the last page, and merges the months that every page repeats', async () => {
    expect(await fetchAnswer(query, fetching('run'))).toEqual({
      paidRequests: 3,
      isComplete: true,
    });

    expect(await groupsOf('run')).toEqual([
      ['2026-08-01', ['EC2', 'RDS', 'S3']],
      ['2026-09-01', ['EC2', 'RDS', 'S3']],
      ['2026-10-01', ['EC2', 'RDS', 'S3']],
    ]);
  });

  test('pays nothing when it is tried again in the same run', async () => {
    await fetchAnswer(query, fetching('run'));

    expect(await fetchAnswer(query, fetching('run'))).toEqual({
      paidRequests: 0,
      isComplete: true,
    });
    expect(explorer.paid).toBe(3);
  });

  test('pays only for the page that failed, and those after it', async () => {
    explorer.failures = [];
    await fetchAnswer(query, fetching('run', { maxPages: 1 }));
    explorer.failures = [new Error('The function was killed')];

    await expect(fetchAnswer(query, fetching('run'))).rejects.toThrow('killed');
    expect(await fetchAnswer(query, fetching('run'))).toEqual({
      paidRequests: 2,
      isComplete: true,
    });
    expect(explorer.paid).toBe(3);
  });

  test('goes on in the next call after so many pages', async () => {
    const calls = [];
    for (let call = 0; call < 3; call += 1) {
      calls.push(await fetchAnswer(query, fetching('run', { maxPages: 1 })));
    }

    expect(calls.map(({ isComplete }) => isComplete)).toEqual([false, false, true]);
    expect(explorer.paid).toBe(3);
  });

  test('in a later run asks for the months alone that were not settled', async () => {
    await fetchAnswer(query, fetching('first'));
    explorer.asked.splice(0);
    explorer.estimated = '2026-11';

    await fetchAnswer(query, fetching('second'));
    await fetchAnswer(query, fetching('third'));

    expect(explorer.asked).toEqual([
      '2026-10-01..2026-11-01',
      '2026-10-01..2026-11-01 1',
      '2026-10-01..2026-11-01 2',
    ]);
    expect(await groupsOf('third')).toEqual(await groupsOf('second'));
  });

  test('with refresh pays for everything again, once', async () => {
    explorer.estimated = '2027-01';
    await fetchAnswer(query, fetching('first'));
    explorer.services = ['EC2'];

    await fetchAnswer(query, fetching('second', { refresh: true }));
    await fetchAnswer(query, fetching('second', { refresh: true }));

    expect(explorer.paid).toBe(4);
    expect(await groupsOf('second', true)).toEqual([
      ['2026-08-01', ['EC2']],
      ['2026-09-01', ['EC2']],
      ['2026-10-01', ['EC2']],
    ]);
    // A later run finds the refreshed response.
    await fetchAnswer(query, fetching('third'));
    expect(await groupsOf('third')).toEqual(await groupsOf('second', true));
    expect(explorer.paid).toBe(4);
  });

  test('begins anew when a token is no longer good, and mixes nothing old in', async () => {
    await fetchAnswer(query, fetching('run', { maxPages: 2 }));
    explorer.services = ['EC2', 'Lambda'];
    explorer.failures = [new PageTokenRefused('expired')];

    expect(await fetchAnswer(query, fetching('run'))).toEqual({
      paidRequests: 2,
      isComplete: true,
    });
    expect(await groupsOf('run')).toContainEqual(['2026-10-01', ['EC2', 'Lambda']]);
  });

  test('keeps a month without a line for no later run', async () => {
    explorer.services = [];
    explorer.estimated = '2027-01';

    await fetchAnswer(query, fetching('first'));
    await fetchAnswer(query, fetching('second'));

    expect(explorer.paid).toBe(2);
    expect(await groupsOf('second')).toHaveLength(3);
  });

  test('stops at two hundred pages', async () => {
    explorer.services = Array.from({ length: 300 }, (_, index) => `service-${index}`);

    await expect(fetchAnswer(query, fetching('run', { maxPages: 1_000 }))).rejects.toMatchObject({
      name: 'TooManyCostPagesError',
    });
    expect(explorer.paid).toBe(200);
  });

  test('never pays twice for a page, wherever requests fail', async () => {
    const outages = fc.array(fc.boolean(), { maxLength: 12 });

    await fc.assert(
      fc.asyncProperty(outages, fc.integer({ min: 1, max: 4 }), async (fails, maxPages) => {
        table = new FakeCostTable();
        explorer = new FakeCostExplorer();
        explorer.services = ['a', 'b', 'c', 'd', 'e'];
        for (let attempt = 0; attempt < 20; attempt += 1) {
          explorer.failures = fails[attempt] === true ? [new Error('throttled')] : [];
          await fetchAnswer(query, fetching('run', { maxPages })).catch(() => undefined);
        }
        expect(explorer.paid).toBe(5);
        expect(await groupsOf('run')).toContainEqual(['2026-09-01', ['a', 'b', 'c', 'd', 'e']]);
      }),
    );
  });
});

describe('readAnswer()', () => {
  test('refuses half an answer, and none', async () => {
    await expect(readAnswer(query, table.of('run'), false)).rejects.toMatchObject({
      name: 'CostsNotFetchedError',
    });
    await fetchAnswer(query, fetching('run', { maxPages: 2 }));
    await expect(readAnswer(query, table.of('run'), false)).rejects.toMatchObject({
      name: 'CostsNotFetchedError',
    });
  });
});
