import type { Dimension, MetricDatum, PutMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { invalidCombination, invalidValue, required } from './cloudwatch-errors.ts';
import type { Datapoint, Samples } from './datapoint.ts';
import { isStandardUnit } from './standard-unit.ts';

const MAX_METRICS = 1000;
const MAX_VALUES = 150;
const LARGEST = 2 ** 360;

/**
 * Reads the datapoints of a PutMetricData (CloudWatch API Reference).
 * @throws {AwsError} When a datum does not fit; then none is taken.
 */
export function datapointsIn(input: PutMetricDataInput, now: Date): Datapoint[] {
  const namespace = required('Namespace', input.Namespace);
  if (namespace.startsWith('AWS/')) {
    throw invalidValue(`The value ${namespace} for parameter Namespace is invalid.`);
  }
  if (input.EntityMetricData !== undefined) {
    throw invalidValue('EntityMetricData is not rehearsed: use MetricData');
  }
  const data = required('MetricData', input.MetricData);
  if (data.length > MAX_METRICS) {
    throw invalidValue(
      `The collection MetricData must not have a size greater than ${MAX_METRICS}.`,
    );
  }
  return data.map((datum, position) => toDatapoint(datum, position + 1, namespace, now));
}

function toDatapoint(datum: MetricDatum, member: number, namespace: string, now: Date): Datapoint {
  const place = `MetricData.member.${member}`;
  const { Unit = 'None', StorageResolution = 60 } = datum;
  if (!isStandardUnit(Unit)) {
    throw invalidValue(`The parameter ${place}.Unit must be a value in the set of units.`);
  }
  if (StorageResolution !== 1 && StorageResolution !== 60) {
    throw invalidValue(`The parameter ${place}.StorageResolution must be 1 or 60.`);
  }
  return {
    namespace,
    metricName: required(`${place}.MetricName`, datum.MetricName),
    dimensions: dimensionsIn(datum.Dimensions),
    timestampMs: (datum.Timestamp ?? now).getTime(),
    unit: Unit,
    storageResolution: StorageResolution,
    samples: samplesIn(datum, place),
  };
}

/**
 * Reads dimensions.
 * @throws {AwsError} For more than 30, or one without name or value.
 */
export function dimensionsIn(dimensions: readonly Dimension[] | undefined): Record<string, string> {
  if (dimensions !== undefined && dimensions.length > 30) {
    throw invalidValue('The collection Dimensions must not have a size greater than 30.');
  }
  return Object.fromEntries(
    (dimensions ?? []).map(({ Name, Value }) => [
      required('Dimensions.member.Name', Name),
      required('Dimensions.member.Value', Value),
    ]),
  );
}

function samplesIn(datum: MetricDatum, place: string): Samples {
  const { Value, Values, Counts, StatisticValues } = datum;
  const given = [Value, Values, StatisticValues].filter((kind) => kind !== undefined);
  if (given.length === 0) required(`${place}.Value`, undefined);
  if (given.length > 1) {
    throw invalidCombination(
      `The parameters ${place}.Value, ${place}.Values and ${place}.StatisticValues are mutually exclusive and you have specified more than one.`,
    );
  }
  if (StatisticValues !== undefined) {
    const { SampleCount, Sum, Minimum, Maximum } = StatisticValues;
    return {
      kind: 'summary',
      sampleCount: checkNumber(`${place}.StatisticValues.SampleCount`, SampleCount),
      sum: checkNumber(`${place}.StatisticValues.Sum`, Sum),
      minimum: checkNumber(`${place}.StatisticValues.Minimum`, Minimum),
      maximum: checkNumber(`${place}.StatisticValues.Maximum`, Maximum),
    };
  }
  const values = Values ?? [checkNumber(`${place}.Value`, Value)];
  if (values.length > MAX_VALUES) {
    throw invalidValue(
      `The collection ${place}.Values must not have a size greater than ${MAX_VALUES}.`,
    );
  }
  if (Counts !== undefined && Counts.length !== values.length) {
    throw invalidValue(
      `The parameters ${place}.Values and ${place}.Counts must be of the same size.`,
    );
  }
  return {
    kind: 'values',
    values: values.map((value, index) => ({
      value: checkNumber(`${place}.Values.member.${index + 1}`, value),
      count: Counts?.[index] ?? 1,
    })),
  };
}

function checkNumber(name: string, value: number | undefined): number {
  const number = required(name, value);
  if (Number.isFinite(number) && Math.abs(number) <= LARGEST) return number;
  throw invalidValue(`The value ${number} for parameter ${name} is invalid.`);
}
