import type { ListMetricsInput, ListMetricsOutput, Metric } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../core/aws-error.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { pageOf } from '../../core/page-of.ts';
import type { MetricIdentity } from '../metric-source.ts';
import type { MetricReader } from './metric-reader.ts';

const PAGE_LENGTH = 500;

/**
 * Lists metrics, in pages of 500 (CloudWatch API Reference, ListMetrics).
 * @throws {AwsError} `InvalidNextToken`.
 */
export function listMetrics(
  reader: MetricReader,
  region: string,
  input: ListMetricsInput,
): ListMetricsOutput {
  const chosen = reader.all(region).filter((metric) => isChosen(metric, input));
  const { members, next } = pageOf(chosen, PAGE_LENGTH, input.NextToken, invalidToken);
  return { Metrics: members.map(toMetric), ...(next !== undefined && { NextToken: next }) };
}

function invalidToken(): AwsError {
  return new AwsError('InvalidNextToken', 'The value for parameter NextToken is invalid.');
}

function isChosen(
  metric: MetricIdentity,
  { Namespace, MetricName, Dimensions }: ListMetricsInput,
): boolean {
  if (Namespace !== undefined && metric.namespace !== Namespace) return false;
  if (MetricName !== undefined && metric.metricName !== MetricName) return false;
  return (Dimensions ?? []).every(({ Name, Value }) => {
    const own = ownMember(metric.dimensions, Name ?? '');
    return own !== undefined && (Value === undefined || own === Value);
  });
}

function toMetric({ namespace, metricName, dimensions }: MetricIdentity): Metric {
  return {
    Namespace: namespace,
    MetricName: metricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}
