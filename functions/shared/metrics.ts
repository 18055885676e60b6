import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { requiredVariable } from './environment.ts';

/** The business metrics, each with its CloudWatch unit. */
const UNITS = {
  ResponseTime: MetricUnit.Milliseconds,
  OrdersPlaced: MetricUnit.Count,
  OrdersConfirmed: MetricUnit.Count,
  OrdersFailed: MetricUnit.Count,
  OrdersCompensated: MetricUnit.Count,
  CompensationsFailed: MetricUnit.Count,
  DuplicateEvents: MetricUnit.Count,
  OrderValue: MetricUnit.NoUnit,
} as const;

const environment = requiredVariable('ENVIRONMENT');
const metrics = new Metrics();

/**
 * Emits one metric at once, in the embedded metric format, under the dimension Environment alone.
 * With `by`, it is emitted under Environment and those dimensions as well: the total stays readable
 * without adding up the parts.
 */
export function countMetric(
  name: keyof typeof UNITS,
  value: number,
  by?: Readonly<Record<string, string>>,
): void {
  const metric = metrics.singleMetric();
  // Powertools adds its `service` dimension by default, under which an alarm on Environment sees nothing.
  metric.clearDefaultDimensions();
  metric.setDefaultDimensions({ Environment: environment });
  if (by !== undefined) {
    metric.addDimensions({});
    metric.addDimensions({ ...by });
  }
  metric.addMetric(name, UNITS[name], value);
}

/** Emits an amount in minor units, under Environment and Currency only: currencies don't add up. */
export function orderValueMetric(minorUnits: number, currency: string): void {
  const metric = metrics.singleMetric();
  metric.clearDefaultDimensions();
  metric.setDefaultDimensions({ Environment: environment, Currency: currency });
  metric.addMetric('OrderValue', UNITS.OrderValue, minorUnits);
}
