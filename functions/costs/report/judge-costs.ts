import { type Money, percentText, roundedMoney } from '../money.ts';
import type { Month } from '../month.ts';
import type { Comparison, Line } from './comparison.ts';
import type { Finding } from './finding.ts';
import type { Outlook } from './outlook.ts';
import type { Grouping, ReportOptions } from './report-options.ts';
import { type Baseline, exceeded } from './thresholds.ts';

/** The figures of a report before it is judged. */
export interface Judged {
  readonly month: Month;
  readonly groupings: readonly Grouping[];
  readonly setting: ReportOptions;
  readonly isEstimated: boolean;
  readonly outlook: Outlook | undefined;
}

/** Says everything that a person should know, the worst first. */
export function judgeCosts(judged: Judged): readonly Finding[] {
  const [byService] = judged.groupings;
  const main = mainOf(byService, judged.setting);
  return [
    ...thresholdFindings(judged, main),
    ...budgetFindings(judged, main),
    ...lineFindings(main),
    ...caveats(judged, byService?.comparisons ?? []),
  ];
}

/** The comparison in the currency of thresholds and budget; undefined where nothing is paid in it. */
export function mainOf(
  grouping: Grouping | undefined,
  { currency }: Pick<ReportOptions, 'currency'>,
): Comparison | undefined {
  return grouping?.comparisons.find((comparison) => comparison.currency === currency);
}

function thresholdFindings(
  { groupings, setting }: Judged,
  main: Comparison | undefined,
): readonly Finding[] {
  const total =
    main === undefined ? [] : breach('TotalAboveThreshold', 'The total', main.total, setting);
  const groups = groupings.flatMap((grouping, index) => {
    const code = index === 0 ? 'ServiceAboveThreshold' : 'GroupAboveThreshold';
    const what = index === 0 ? '' : `${grouping.name.replace(/^by-/, '')} `;
    const lines = mainOf(grouping, setting)?.lines ?? [];
    return lines.flatMap((line) => breach(code, `${what}${line.label}`, line, setting));
  });
  return [...total, ...groups];
}

function breach(
  code: string,
  what: string,
  line: Line,
  { thresholds, currency }: ReportOptions,
): readonly Finding[] {
  const baselines = exceeded(line, thresholds);
  if (baselines.length === 0) return [];
  const parts = baselines.map((baseline) => riseText(line, baseline, currency));
  return [{ code, severity: 'breach', sentence: `${what} rose ${parts.join(' and ')}` }];
}

function riseText(line: Line, baseline: Baseline, currency: string): string {
  const [delta, percent, than] =
    baseline === 'mean'
      ? [line.meanDelta, line.meanPercent, 'over the mean of the months before']
      : [line.delta, line.percent, 'over the month before'];
  const share = percent === undefined ? 'from nothing' : `${percentText(percent)} %`;
  return `by ${roundedMoney(delta ?? 0n)} ${currency} (${share}) ${than}`;
}

function budgetFindings(
  { setting, outlook, month }: Judged,
  main: Comparison | undefined,
): readonly Finding[] {
  const { budget, currency } = setting;
  if (budget === undefined) return [];
  const over: [string, string, Money | undefined][] = [
    ['OverBudget', `${month} cost`, main?.total.current],
    [
      'ForecastOverBudget',
      'This month is going to cost',
      outlook?.currency === currency ? outlook.total : undefined,
    ],
  ];
  return over.flatMap(([code, what, amount]): Finding[] =>
    amount === undefined || amount <= budget
      ? []
      : [
          {
            code,
            severity: 'breach',
            sentence: `${what} ${roundedMoney(amount)} ${currency}, over the budget of ${roundedMoney(budget)} ${currency}`,
          },
        ],
  );
}

function lineFindings(main: Comparison | undefined): readonly Finding[] {
  return (main?.lines ?? []).flatMap(({ status, label, current, previous }): Finding[] => {
    if (status === 'new') {
      const sentence = `${label} is new and cost ${roundedMoney(current)} ${main?.currency}`;
      return [{ code: 'NewService', severity: 'info', sentence }];
    }
    if (status !== 'vanished') return [];
    const sentence = `${label} is gone and had cost ${roundedMoney(previous ?? 0n)} ${main?.currency}`;
    return [{ code: 'VanishedService', severity: 'info', sentence }];
  });
}

function caveats(
  { isEstimated, month, setting }: Judged,
  comparisons: readonly Comparison[],
): readonly Finding[] {
  const currencies = comparisons.map(({ currency }) => currency);
  const others = currencies.filter((currency) => currency !== setting.currency);
  const isFirst = comparisons.every(({ total }) => total.previous === undefined);
  return [
    ...(isEstimated
      ? [
          caveat(
            'EstimatedData',
            'info',
            `The bill of ${month} or of the month before is not final yet`,
          ),
        ]
      : []),
    ...(isFirst
      ? [caveat('FirstMonth', 'info', `There is no month before ${month} to compare it with`)]
      : []),
    ...(others.length === 0
      ? []
      : [
          caveat(
            'OtherCurrencies',
            'warning',
            `Costs in ${others.join(', ')} are held against no threshold, which is in ${setting.currency}`,
          ),
        ]),
  ];
}

function caveat(code: string, severity: Finding['severity'], sentence: string): Finding {
  return { code, severity, sentence };
}
