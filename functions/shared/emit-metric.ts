import { Metrics, type MetricUnit } from '@aws-lambda-powertools/metrics';
import { requiredVariable } from './environment.ts';

const environment = requiredVariable('ENVIRONMENT');
const metrics = new Metrics();

/** A metric's unit, in CloudWatch's own words. */
export type Unit = (typeof MetricUnit)[keyof typeof MetricUnit];

/**
 * Emits one metric at once, in the embedded metric format, under the dimension Environment alone.
 * With `by`, it is emitted under Environment and those dimensions as well: the total stays readable
 * without adding up the parts.
 */
export function emitMetric(
  name: string,
  unit: Unit,
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
  metric.addMetric(name, unit, value);
}
