import { isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts';
import { ownMember, setOwnMember } from '../../core/names/own-member.ts';
import type { Datapoint } from './datapoint.ts';
import { isStandardUnit } from './standard-unit.ts';

const MAX_METRICS = 100;
const MAX_VALUES = 100;
const MAX_DIMENSIONS = 30;

/** The prefix that the Lambda runtime writes before a line of `console.log`: time, request id, level. */
const LAMBDA_PREFIX = /^\S+Z\t[\w-]+\t[A-Z]+\t/;

/**
 * Reads the metrics that a log line embeds (CloudWatch User Guide, "Specification: embedded metric
 * format"). A line that does not follow the format has none; a metric or a set of dimensions whose
 * member is missing or of the wrong kind is left out.
 */
export function metricsOf(logLine: string): Datapoint[] {
  // Most lines have no metrics: parse only those that may.
  if (!logLine.includes('"CloudWatchMetrics"')) return [];
  const root = parseJson(logLine.replace(LAMBDA_PREFIX, ''));
  if (!isJsonObject(root)) return [];
  const metadata = root['_aws'];
  if (!isJsonObject(metadata)) return [];
  const { Timestamp, CloudWatchMetrics } = metadata;
  if (typeof Timestamp !== 'number' || !Array.isArray(CloudWatchMetrics)) return [];
  const directives = CloudWatchMetrics.map(readDirective);
  // One directive that breaks the format spoils the document.
  if (directives.includes(undefined)) return [];
  return directives.flatMap((directive) =>
    directive === undefined ? [] : datapointsOf(root, Timestamp, directive),
  );
}

interface Directive {
  readonly namespace: string;
  readonly dimensionSets: readonly (readonly string[])[];
  readonly metrics: readonly MetricDefinition[];
}

type MetricDefinition = { readonly name: string } & Pick<Datapoint, 'unit' | 'storageResolution'>;

function readDirective(value: Json): Directive | undefined {
  if (!isJsonObject(value)) return undefined;
  const { Namespace, Dimensions, Metrics } = value;
  if (typeof Namespace !== 'string' || Namespace === '' || Namespace.length > 1024)
    return undefined;
  if (!Array.isArray(Dimensions) || !Dimensions.every(isDimensionSet)) return undefined;
  if (!Array.isArray(Metrics) || Metrics.length > MAX_METRICS) return undefined;
  const metrics = Metrics.map(readDefinition);
  const whole = metrics.filter((metric) => metric !== undefined);
  if (whole.length !== metrics.length) return undefined;
  return { namespace: Namespace, dimensionSets: Dimensions, metrics: whole };
}

function isDimensionSet(value: Json): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= MAX_DIMENSIONS &&
    value.every((name) => typeof name === 'string' && name !== '')
  );
}

function readDefinition(value: Json): MetricDefinition | undefined {
  if (!isJsonObject(value)) return undefined;
  const { Name, Unit = 'None', StorageResolution = 60 } = value;
  if (typeof Name !== 'string' || Name === '' || !isStandardUnit(Unit)) return undefined;
  if (StorageResolution !== 1 && StorageResolution !== 60) return undefined;
  return { name: Name, unit: Unit, storageResolution: StorageResolution };
}

function datapointsOf(root: JsonObject, timestampMs: number, directive: Directive): Datapoint[] {
  const { namespace, metrics } = directive;
  const sets = directive.dimensionSets
    .map((names) => dimensionsIn(root, names))
    .filter((dimensions) => dimensions !== undefined);
  return metrics.flatMap(({ name, unit, storageResolution }) => {
    const values = valuesIn(root, name);
    if (values === undefined) return [];
    return sets.map((dimensions) => ({
      namespace,
      metricName: name,
      dimensions,
      timestampMs,
      unit,
      storageResolution,
      samples: { kind: 'values' as const, values: values.map((value) => ({ value, count: 1 })) },
    }));
  });
}

function dimensionsIn(
  root: JsonObject,
  names: readonly string[],
): Record<string, string> | undefined {
  const dimensions: Record<string, string> = {};
  for (const name of names) {
    const value = ownMember(root, name);
    if (typeof value !== 'string' || value === '') return undefined;
    setOwnMember(dimensions, name, value);
  }
  return dimensions;
}

function valuesIn(root: JsonObject, name: string): readonly number[] | undefined {
  const target = ownMember(root, name);
  if (typeof target === 'number') return [target];
  if (!Array.isArray(target) || target.length === 0 || target.length > MAX_VALUES) return undefined;
  return target.every((value) => typeof value === 'number') ? target : undefined;
}
