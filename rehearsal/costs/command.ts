import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { InvalidArgumentError, Option } from 'commander';
import { type AddCommand, countOption, UserError } from 'signalbox';
import { COST_EXPLORER_REGION, createAsk } from '../../functions/costs/ask-cost-explorer.ts';
import { COST_METRICS, type CostMetric } from '../../functions/costs/cost-query.ts';
import { type Money, ONE, parseMoney } from '../../functions/costs/money.ts';
import { isMonth } from '../../functions/costs/month.ts';
import { createReport } from '../../functions/costs/report/cost-report.ts';
import { isAtLeast, SEVERITIES, type Severity } from '../../functions/costs/report/finding.ts';
import type { ReportOptions } from '../../functions/costs/report/report-options.ts';
import { reportJson } from '../../functions/costs/report/to-json.ts';
import { planReview } from '../../functions/costs/review-plan.ts';
import { GROUPING } from '../../functions/costs/review-request.ts';
import { costLines } from './cost-lines.ts';
import { readAnswers } from './read-answers.ts';

/** `costs`: what a month cost, compared with the months before. */
export const addCosts: AddCommand = (program, sessionOf) => {
  program
    .command('costs [month]')
    .description(
      'compare a month of costs with those before; each request to Cost Explorer costs $0.01',
    )
    .addOption(
      new Option('--metric <metric>', 'how costs are counted')
        .choices(COST_METRICS)
        .default('UnblendedCost'),
    )
    .option(
      '--group-by <grouping>',
      'beside services: account, region or tag:key (repeatable)',
      groupingOption,
      [],
    )
    .option('--include-credits', 'with credits, refunds and tax')
    .option('--normalise-days', 'count the other months as if they had as many days')
    .option(
      '--mean-of <months>',
      'compare with the mean of so many months before, 3 to 6',
      meanOption,
      6,
    )
    .option(
      '--threshold <amount>',
      'a rise is a breach from this much money on',
      moneyOption,
      parseMoney('100'),
    )
    .option(
      '--threshold-percent <percent>',
      'and from this many percent on',
      moneyOption,
      parseMoney('20'),
    )
    .option('--budget <amount>', 'what a month may cost', moneyOption)
    .option('--currency <currency>', 'currency of threshold and budget', 'USD')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when there is a finding as bad as this')
        .choices([...SEVERITIES, 'never'])
        .default('breach'),
    )
    .action(async (month: string | undefined, options: CostsOptions, command) => {
      const session = sessionOf(command);
      const review = readReview(month, options);
      const client = new CostExplorerClient({ ...session.client, region: COST_EXPLORER_REGION });
      const { answers, paidRequests } = await readAnswers(review, createAsk(client));
      const report = createReport(review, answers, settingOf(options));
      session.output.result({ report: reportJson(report) }, () => costLines(report));
      session.output.say(
        `${paidRequests} requests to Cost Explorer, $${(paidRequests / 100).toFixed(2)}`,
      );
      const { failOn } = options;
      if (failOn !== 'never' && report.findings.some((finding) => isAtLeast(finding, failOn))) {
        session.exitCode = 1;
      }
    });
};

interface CostsOptions {
  readonly metric: CostMetric;
  readonly groupBy: readonly string[];
  readonly includeCredits?: boolean;
  readonly normaliseDays?: boolean;
  readonly meanOf: number;
  readonly threshold: Money;
  readonly thresholdPercent: Money;
  readonly budget?: Money;
  readonly currency: string;
  readonly failOn: Severity | 'never';
}

function settingOf(options: CostsOptions): ReportOptions {
  return {
    currency: options.currency,
    // Hundredths of a percent, as the comparison counts.
    thresholds: {
      amount: options.threshold,
      percent: (options.thresholdPercent * 100n) / ONE,
    },
    budget: options.budget,
    normaliseDays: options.normaliseDays === true,
  };
}

/** Bills are final from this day of the next month on; only what is said of a month depends on it. */
const SETTLED_ON_DAY = 6;

/** Plans what to ask. @throws {UserError} `usage` for a month that cannot be compared. */
function readReview(month: string | undefined, options: CostsOptions) {
  if (month !== undefined && !isMonth(month)) {
    throw new UserError('usage', `"${month}" is no month: write one such as 2026-10`);
  }
  try {
    return planReview(
      {
        version: 1,
        ...(month === undefined ? {} : { month }),
        costMetric: options.metric,
        includeCredits: options.includeCredits === true,
        groupBy: [...options.groupBy],
      },
      new Date().toISOString(),
      { meanOf: options.meanOf, settledOnDay: SETTLED_ON_DAY },
    );
  } catch (error) {
    const isUsers =
      error instanceof Error && /^(IncompleteMonth|MonthTooOld)Error$/.test(error.name);
    throw isUsers ? new UserError('usage', error.message) : error;
  }
}

function groupingOption(text: string, given: readonly string[]): readonly string[] {
  if (GROUPING.test(text)) return [...given, text];
  throw new InvalidArgumentError('Write account, region or tag:key.');
}

function meanOption(text: string): number {
  const count = countOption(text);
  if (count >= 3 && count <= 6) return count;
  throw new InvalidArgumentError('Write a number of months from 3 to 6.');
}

function moneyOption(text: string): Money {
  if (/^\d{1,12}(\.\d{1,10})?$/.test(text)) return parseMoney(text);
  throw new InvalidArgumentError('Write an amount such as 250 or 99.50.');
}
