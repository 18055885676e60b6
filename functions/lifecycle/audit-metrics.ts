import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { emitMetric } from '../shared/emit-metric.ts';

/** The metrics of audits and repairs, each with its CloudWatch unit. */
const UNITS = {
  BucketsAudited: MetricUnit.Count,
  LifecycleFindings: MetricUnit.Count,
  EstimatedMonthlySavings: MetricUnit.NoUnit,
  AuditDurationSeconds: MetricUnit.Seconds,
  AuditAgeHours: MetricUnit.NoUnit,
  AuditsCompleted: MetricUnit.Count,
  RepairsApplied: MetricUnit.Count,
  LostRulesMerged: MetricUnit.Count,
} as const;

/** Emits one of the audits' metrics, under Environment, and under `by` too where it is given. */
export function auditMetric(
  name: keyof typeof UNITS,
  value: number,
  by?: Readonly<Record<string, string>>,
): void {
  emitMetric(name, UNITS[name], value, by);
}
