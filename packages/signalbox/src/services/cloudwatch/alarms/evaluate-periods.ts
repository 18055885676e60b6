import type { Comparison, Conditions, TreatMissingData } from './alarm.ts';

/** One period of an alarm's evaluation range. */
export interface EvaluatedPeriod {
  /** Start, in Unix milliseconds. */
  readonly timeMs: number;
  readonly value: number;
  /** Undefined for what an expression came to. */
  readonly sampleCount: number | undefined;
}

/** The result of one evaluation of an alarm. */
export interface AlarmEvaluation {
  /** `retained`: the data do not decide, and the alarm stays as it is. */
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | 'retained';
  /** The datapoints that count, newest first. */
  readonly considered: readonly EvaluatedPeriod[];
  /** The number of evaluation periods that were filled in. */
  readonly filled: number;
  readonly treatment: TreatMissingData;
}

/** The number of periods, beyond those that it evaluates, in which an alarm looks for datapoints. */
const SPARE_PERIODS = 2;

/**
 * Returns the number of periods that an alarm retrieves. AWS does not say how many more than its
 * evaluation periods; in the tables of its documentation they are five for three.
 */
export function rangeLength({ evaluationPeriods }: Conditions): number {
  return evaluationPeriods + SPARE_PERIODS;
}

/** Returns whether a value is on the wrong side of the threshold. */
export function breaches(value: number, comparison: Comparison, threshold: number): boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}

/**
 * Evaluates the periods of a range, oldest first, undefined where a period has no data (CloudWatch
 * User Guide, "Configuring how CloudWatch alarms treat missing data").
 */
export function evaluatePeriods(
  range: readonly (EvaluatedPeriod | undefined)[],
  conditions: Conditions,
): AlarmEvaluation {
  const { evaluationPeriods, comparison, threshold } = conditions;
  const treatment = conditions.treatMissingData ?? 'missing';
  const needed = conditions.datapointsToAlarm ?? evaluationPeriods;
  const there = range.filter((period) => period !== undefined);
  const considered = there.slice(-evaluationPeriods).reverse();
  const filled = evaluationPeriods - considered.length;
  const breaching = considered.filter(({ value }) => breaches(value, comparison, threshold)).length;
  const counted = breaching + (treatment === 'breaching' ? filled : 0);
  const evaluation = (state: AlarmEvaluation['state']): AlarmEvaluation => ({
    state,
    considered,
    filled,
    treatment,
  });
  if (counted >= needed) return evaluation('ALARM');
  if (filled === 0 || treatment === 'breaching' || treatment === 'notBreaching') {
    return evaluation('OK');
  }
  if (breaching < considered.length) return evaluation('OK');
  return evaluation(undecided(range, needed, treatment));
}

/** The state where every datapoint breaches and there are too few. */
function undecided(
  range: readonly (EvaluatedPeriod | undefined)[],
  needed: number,
  treatment: 'missing' | 'ignore',
): AlarmEvaluation['state'] {
  if (treatment === 'ignore') return 'retained';
  const oldest = range.findIndex((period) => period !== undefined);
  if (oldest === -1) return 'INSUFFICIENT_DATA';
  // AWS, "Avoiding premature transitions to alarm state": the alarm waits until the oldest breaching
  // datapoint is as old as the datapoints to alarm, since the next one may not breach.
  return range.length - oldest >= needed ? 'ALARM' : 'INSUFFICIENT_DATA';
}

/**
 * Returns whether a percentile rests on too few samples (CloudWatch User Guide, "Percentile-based
 * alarms and low data samples").
 */
export function hasLowSamples(considered: readonly EvaluatedPeriod[], percent: number): boolean {
  const samples = considered.reduce((sum, { sampleCount = 0 }) => sum + sampleCount, 0);
  const share = percent / 100;
  const tail = share >= 0.5 ? 1 - share : share;
  return tail > 0 && samples < 10 / tail;
}
