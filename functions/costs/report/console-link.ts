import type { CostMetric } from '../cost-query.ts';
import { addMonths, daysIn, firstDay } from '../month.ts';
import type { CostReview } from '../review-plan.ts';

/** The console's names of the metrics. */
const AGGREGATES: Readonly<Record<CostMetric, string>> = {
  UnblendedCost: 'unBlendedCost',
  BlendedCost: 'blendedCost',
  AmortizedCost: 'amortizedCost',
  NetUnblendedCost: 'netUnblendedCost',
  NetAmortizedCost: 'netAmortizedCost',
};

/** Links to Cost Explorer in the console, showing what the review compared; its end day is inclusive. */
export function consoleLink({ month, meanOf, metric, excludes }: CostReview): string {
  const values = excludes.map((value) => ({ value, displayValue: value }));
  const filter =
    values.length === 0
      ? []
      : [
          {
            dimension: { id: 'RecordType', displayValue: 'Charge type' },
            operator: 'EXCLUDES',
            values,
          },
        ];
  const query = new URLSearchParams({
    chartStyle: 'STACK',
    costAggregate: AGGREGATES[metric],
    startDate: firstDay(addMonths(month, -meanOf)),
    endDate: `${month}-${daysIn(month)}`,
    granularity: 'Monthly',
    groupBy: JSON.stringify(['Service']),
    filter: JSON.stringify(filter),
    excludeForecasting: 'true',
    timeRangeOption: 'Custom',
  });
  const home = 'https://us-east-1.console.aws.amazon.com/cost-management/home?region=us-east-1';
  return `${home}#/cost-explorer?${query.toString().replaceAll('+', '%20')}`;
}
