import type {
  DisableMetricsCollectionQuery,
  EnableMetricsCollectionQuery,
} from '@aws-sdk/client-auto-scaling';
import { validationError } from '../auto-scaling-errors.ts';
import type { Group } from '../group/group.ts';
import { GROUP_METRICS } from '../group/group-metrics.ts';
import type { ScalingContext } from '../scaling/scaling-context.ts';

/** EnableMetricsCollection: all group metrics where none is named. @throws {AwsError} `ValidationError`. */
export function enableMetricsCollection(
  context: ScalingContext,
  group: Group,
  { Granularity: granularity, Metrics: names }: EnableMetricsCollectionQuery,
): object {
  if (granularity !== '1Minute') throw validationError('Granularity must be 1Minute');
  for (const name of metricsOf(names)) group.enabledMetrics.add(name);
  context.changed(group);
  return {};
}

/** DisableMetricsCollection: all group metrics where none is named. @throws {AwsError} `ValidationError`. */
export function disableMetricsCollection(
  context: ScalingContext,
  group: Group,
  { Metrics: names }: DisableMetricsCollectionQuery,
): object {
  for (const name of metricsOf(names)) group.enabledMetrics.delete(name);
  context.changed(group);
  return {};
}

function metricsOf(names: readonly string[] = []): readonly string[] {
  const unknown = names.find((name) => !GROUP_METRICS.includes(name));
  if (unknown !== undefined) throw validationError(`Unknown group metric: ${unknown}`);
  return names.length === 0 ? GROUP_METRICS : names;
}
