import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { invalidValue, required } from '../cloudwatch-errors.ts';
import { COMPARISONS, type Comparison, type Conditions, TREATMENTS } from './alarm.ts';

/**
 * Reads when an alarm goes off.
 * @throws {AwsError} For what does not fit, and for comparisons with anomaly bands.
 */
export function conditionsIn(
  input: PutMetricAlarmInput,
  namespaces: readonly string[],
): Conditions {
  const evaluationPeriods = wholeNumber(
    'EvaluationPeriods',
    required('EvaluationPeriods', input.EvaluationPeriods),
  );
  const datapointsToAlarm =
    input.DatapointsToAlarm && wholeNumber('DatapointsToAlarm', input.DatapointsToAlarm);
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods) {
    throw invalidValue(
      'The parameter DatapointsToAlarm must not be greater than EvaluationPeriods.',
    );
  }
  return {
    evaluationPeriods,
    datapointsToAlarm,
    comparison: comparisonIn(input),
    threshold: required('Threshold', input.Threshold),
    treatMissingData: treatmentIn(input, namespaces),
    lowSamples: lowSamplesIn(input),
  };
}

function comparisonIn({ ComparisonOperator }: PutMetricAlarmInput): Comparison {
  const operator = required('ComparisonOperator', ComparisonOperator);
  const known = COMPARISONS.find((comparison) => comparison === operator);
  if (known !== undefined) return known;
  if (/UpperThreshold$|LowerThreshold$/.test(operator)) {
    throw invalidValue(
      `ComparisonOperator ${operator} is not rehearsed: it learns no anomaly bands`,
    );
  }
  throw invalidValue(`The value ${operator} for parameter ComparisonOperator is invalid.`);
}

function treatmentIn(
  { TreatMissingData }: PutMetricAlarmInput,
  namespaces: readonly string[],
): Conditions['treatMissingData'] {
  // AWS: alarms on DynamoDB's metrics ignore missing data unless they say otherwise.
  if (TreatMissingData === undefined) {
    return namespaces.includes('AWS/DynamoDB') ? 'ignore' : undefined;
  }
  const known = TREATMENTS.find((treatment) => treatment === TreatMissingData);
  if (known !== undefined) return known;
  throw invalidValue(
    `The value ${TreatMissingData} for parameter TreatMissingData must be one of ${TREATMENTS.join(', ')}.`,
  );
}

function lowSamplesIn({
  EvaluateLowSampleCountPercentile,
  ExtendedStatistic,
}: PutMetricAlarmInput): Conditions['lowSamples'] {
  const value = EvaluateLowSampleCountPercentile;
  if (value === undefined) return undefined;
  if (value !== 'evaluate' && value !== 'ignore') {
    throw invalidValue(
      `The value ${value} for parameter EvaluateLowSampleCountPercentile must be evaluate or ignore.`,
    );
  }
  if (ExtendedStatistic === undefined) {
    throw invalidValue(
      'EvaluateLowSampleCountPercentile is for percentiles only: use ExtendedStatistic.',
    );
  }
  return value;
}

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw invalidValue(`The parameter ${name} must be greater than 0.`);
}
