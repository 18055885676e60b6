import { ownMember } from '../../../core/names/own-member.ts';
import type { MeasuredValue, MetricIdentity, MetricSource } from '../../metric-source.ts';
import type { ClusterChronicle } from '../model/chronicle.ts';
import type { RdsContext } from '../model/rds-context.ts';
import { GLOBAL_METRICS, INSTANCE_METRICS } from './derived-metrics.ts';

/** The metrics that RDS reports of itself. */
export type RdsMetricSource = MetricSource;

const NAMESPACE = 'AWS/RDS';
const MINUTE_MS = 60_000;
const ROLES = ['WRITER', 'READER'] as const;

/**
 * Makes the metrics of every cluster and instance, one value a minute, derived from the moments at
 * which something changed. AWS: "Amazon CloudWatch metrics for Amazon Aurora" and its dimensions.
 */
export function createMetricSource({ store, listeners }: RdsContext): RdsMetricSource {
  const of = (region: string) => store.chronicles.filter((cluster) => cluster.region === region);
  return {
    namespace: NAMESPACE,
    metrics: (region) => distinct(of(region).flatMap(metricsOf)),
    datapoints({ metricName, dimensions }, region, startMs, endMs) {
      const points: MeasuredValue[] = [];
      const firstMs = Math.ceil(startMs / MINUTE_MS) * MINUTE_MS;
      for (let timeMs = firstMs; timeMs < endMs; timeMs += MINUTE_MS) {
        const values = of(region).flatMap((cluster) =>
          valuesOf(cluster, metricName, dimensions, timeMs),
        );
        points.push(...values.map((value) => ({ timeMs, value })));
      }
      return points;
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function metricsOf({ identifier, instances, globalLag }: ClusterChronicle): MetricIdentity[] {
  const DBClusterIdentifier = identifier;
  const perInstance = [
    ...instances.map((instance) => ({ DBInstanceIdentifier: instance.identifier })),
    { DBClusterIdentifier },
    ...ROLES.map((Role) => ({ DBClusterIdentifier, Role })),
  ];
  const sources = globalLag.sourceRegions();
  const perSource = [
    ...(sources.length === 0 ? [] : [{ DBClusterIdentifier }]),
    ...sources.map((SourceRegion) => ({ DBClusterIdentifier, SourceRegion })),
  ];
  return [
    ...identities(Object.keys(INSTANCE_METRICS), perInstance),
    ...identities(GLOBAL_METRICS, perSource),
  ];
}

function identities(
  names: readonly string[],
  dimensionSets: readonly Readonly<Record<string, string>>[],
): MetricIdentity[] {
  return names.flatMap((metricName) =>
    dimensionSets.map((dimensions) => ({ namespace: NAMESPACE, metricName, dimensions })),
  );
}

/** A cluster that was deleted and made again reports under the same name. */
function distinct(metrics: readonly MetricIdentity[]): readonly MetricIdentity[] {
  return [...new Map(metrics.map((metric) => [JSON.stringify(metric), metric])).values()];
}

/** Several values where the dimensions take several instances in, as CloudWatch aggregates them. */
function valuesOf(
  cluster: ClusterChronicle,
  metricName: string,
  dimensions: MetricIdentity['dimensions'],
  timeMs: number,
): readonly number[] {
  const { DBClusterIdentifier, DBInstanceIdentifier, Role, SourceRegion } = dimensions;
  if (DBClusterIdentifier !== undefined && DBClusterIdentifier !== cluster.identifier) return [];
  if (GLOBAL_METRICS.includes(metricName)) {
    const lag = cluster.globalLag.at(timeMs);
    const isMeant = SourceRegion === undefined || SourceRegion === lag?.sourceRegion;
    return lag !== undefined && isMeant ? [lag.lagMs] : [];
  }
  const metric = ownMember(INSTANCE_METRICS, metricName);
  if (metric === undefined) return [];
  return cluster.instances
    .filter(({ identifier }) => (DBInstanceIdentifier ?? identifier) === identifier)
    .flatMap((instance) => metric({ cluster, instance, role: Role, timeMs }) ?? []);
}
