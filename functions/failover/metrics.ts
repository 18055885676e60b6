import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { emitMetric } from '../shared/emit-metric.ts';

/** The metrics of failovers, each with its CloudWatch unit. */
const UNITS = {
  Failovers: MetricUnit.Count,
  RecoveryTimeSeconds: MetricUnit.Seconds,
  RecoveryPointSeconds: MetricUnit.Seconds,
  ObjectivesBreached: MetricUnit.Count,
  Drills: MetricUnit.Count,
  FailoverLockRefusals: MetricUnit.Count,
  FailoversSuppressed: MetricUnit.Count,
  FailoversFailed: MetricUnit.Count,
  PlanWarnings: MetricUnit.Count,
  NewPlanWarnings: MetricUnit.Count,
  PlanEvaluations: MetricUnit.Count,
  DrillAgeDays: MetricUnit.NoUnit,
} as const;

/** The name of a metric of failovers. */
export type FailoverMetric = keyof typeof UNITS;

/** Emits one of the metrics under Environment, and under `by` too where it is given. */
export function failoverMetric(
  name: FailoverMetric,
  value: number,
  by?: Readonly<Record<string, string>>,
): void {
  emitMetric(name, UNITS[name], value, by);
}
