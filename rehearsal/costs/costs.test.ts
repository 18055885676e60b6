import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { addMonths, lastCompleteMonth } from '../../functions/costs/month.ts';
import { main } from '../../packages/signalbox/src/cli/main.ts';
import type { Json } from '../../packages/signalbox/src/core/json.ts';
import {
  clientOptions,
  startTestEndpoint,
} from '../../packages/signalbox/src/endpoint/endpoint-under-test.ts';
import { createCostExplorer } from '../../packages/signalbox/src/services/cost-explorer/cost-explorer.ts';
import { plugin } from '../plugin.ts';

// The command asks for months of the calendar, so the bills end with this month, whatever it is.
const SECTION: Json = {
  pageSize: 2,
  accounts: { '111111111111': 'web', '222222222222': 'data' },
  rows: [
    { service: 'Amazon EC2', monthly: [...Array(12).fill('100'), '250.005', '250'] },
    { service: 'Amazon S3', account: '222222222222', monthly: Array(14).fill('10') },
    { service: 'AWS Lambda', monthly: Array(14).fill('0.0000000001') },
    { service: 'Amazon EC2', recordType: 'Credit', monthly: Array(14).fill('-50') },
  ],
};

const ce = createCostExplorer({
  clock: {
    now: () => new Date(),
    at: () => ({ cancel: () => undefined }),
    hold: () => () => undefined,
    skippedMs: () => 0,
  },
  region: clientOptions('').region,
  accountId: '123456789012',
});
const month = lastCompleteMonth(new Date().toISOString());
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;

beforeEach(async () => {
  ce.simulated.seed(SECTION);
  endpoint = await startTestEndpoint([ce.service]);
});

afterEach(() => endpoint.close());

async function run(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await main(
    [
      'node',
      'signalbox',
      '--endpoint-url',
      endpoint.url,
      '--region',
      'eu-west-1',
      'costs',
      ...args,
    ],
    { stdout: { write: (text) => out.push(text) }, stderr: { write: (text) => err.push(text) } },
    async () => [plugin],
  );
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

describe('signalbox costs', () => {
  test('shows the last complete month against those before, and exits 1 on a breach', async () => {
    const { exitCode, stdout, stderr } = await run();

    expect(stdout).toContain(`${month}, UnblendedCost, without Credit, Refund, Tax`);
    expect(stdout).toMatch(/^Amazon EC2 +250\.01 +100\.00 +150\.01 +150\.01 +100\.00$/m);
    expect(stdout).toMatch(/^Total +260\.01 +110\.00 +150\.01 +136\.37 +110\.00$/m);
    expect(stdout).toContain(
      'breach: Amazon EC2 rose by 150.01 USD (150.01 %) over the month before',
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^\d+ requests to Cost Explorer, \$0\.\d\d$/m);
    const paid = Number(/^\d+/.exec(stderr)?.[0]);
    expect(ce.simulated.show()).toMatchObject({ billedRequests: paid });
  });

  test('exits 0 where the rise is below one of both thresholds', async () => {
    expect((await run('--threshold', '151')).exitCode).toBe(0);
    expect((await run('--threshold-percent', '151')).exitCode).toBe(0);
    expect((await run('--fail-on', 'never')).exitCode).toBe(0);
    expect((await run('--threshold', '150', '--threshold-percent', '150')).exitCode).toBe(1);
  });

  test('prints JSON with every decimal, by account too', async () => {
    const { stdout } = await run('--json', '--group-by', 'account');

    const { version, report } = JSON.parse(stdout);
    expect(version).toBe(1);
    expect(report.groupings[0].comparisons[0].total.current).toBe('260.0050000001');
    expect(report.groupings[1]).toMatchObject({
      name: 'by-account',
      comparisons: [{ lines: [{ label: 'web (111111111111)' }, { label: 'data (222222222222)' }] }],
    });
    expect(report.recordTypes).toContainEqual({ name: 'Credit', currency: 'USD', amount: '-50' });
  });

  test('with credits compares what is paid', async () => {
    const { stdout } = await run('--include-credits');

    expect(stdout).toMatch(/^Total +210\.01 +60\.00/m);
  });

  test('holds a month against a budget', async () => {
    const { stdout, exitCode } = await run(month, '--budget', '200', '--threshold', '100000');

    expect(stdout).toContain(`breach: ${month} cost 260.01 USD, over the budget of 200.00 USD`);
    expect(exitCode).toBe(1);
  });

  test.each([
    [['2026-1'], '"2026-1" is no month: write one such as 2026-10'],
    [[addMonths(month, 1)], 'is not over: a part of a month is never compared with a whole one'],
    [[addMonths(month, -20)], 'Cost Explorer keeps months from'],
    [['--group-by', 'colour'], 'Write account, region or tag:key.'],
    [['--threshold', 'much'], 'Write an amount such as 250 or 99.50.'],
    [['--mean-of', '7'], 'Write a number of months from 3 to 6.'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stderr } = await run(...args);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(ce.simulated.show()).toMatchObject({ billedRequests: 0 });
  });

  test('says what Cost Explorer refuses, in its words', async () => {
    ce.simulated.faults['costs-throttled']?.start(undefined);

    const { exitCode, stderr } = await run();

    expect(exitCode).toBe(1);
    expect(stderr).toBe('LimitExceededException: Rate limit exceeded\n');
  });
});
