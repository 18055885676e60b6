import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { emitMetric } from './emit-metric.ts';
import { requiredVariable } from './environment.ts';

/** The business metrics, each with its CloudWatch unit. */
const UNITS = {
  ResponseTime: MetricUnit.Milliseconds,
  TimeToConfirmation: MetricUnit.Milliseconds,
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

/** Emits one of the business metrics, under Environment, and under `by` too where it is given. */
export function countMetric(
  name: keyof typeof UNITS,
  value: number,
  by?: Readonly<Record<string, string>>,
): void {
  emitMetric(name, UNITS[name], value, by);
}

/** Emits an amount in minor units, under Environment and Currency only: currencies don't add up. */
export function orderValueMetric(minorUnits: number, currency: string): void {
  const metric = metrics.singleMetric();
  metric.clearDefaultDimensions();
  metric.setDefaultDimensions({ Environment: environment, Currency: currency });
  metric.addMetric('OrderValue', UNITS.OrderValue, minorUnits);
}
