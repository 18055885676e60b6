import type { Comparison, Conditions } from './alarm.ts';
import { type AlarmEvaluation, breaches, type EvaluatedPeriod } from './evaluate-periods.ts';
import { javaDouble, reasonTime } from './texts.ts';

/** AWS lists so many datapoints in the sentence; more come after it. */
const MAX_LISTED = 5;

const WORDS: Readonly<Record<Comparison, string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/** Says why an alarm is in its state, in CloudWatch's words. */
export function stateReason(evaluation: AlarmEvaluation, conditions: Conditions): string {
  const { evaluationPeriods } = conditions;
  if (evaluation.state === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${plural(evaluationPeriods, 'datapoint was', 'datapoints were')} unknown.`;
  }
  const listed = listedOf(evaluation, conditions);
  const crossed =
    listed.length > 0
      ? crossing(listed, evaluation, conditions)
      : `${received(evaluation.considered.length)} received for ${plural(evaluationPeriods, 'period', 'periods')}`;
  return `Threshold Crossed: ${crossed}${missing(evaluation)}${transition(listed, evaluation, conditions)}.`;
}

/** The datapoints that speak for the state, newest first. */
function listedOf(
  { state, considered }: AlarmEvaluation,
  { comparison, threshold }: Conditions,
): readonly EvaluatedPeriod[] {
  return considered.filter(
    ({ value }) => breaches(value, comparison, threshold) === (state === 'ALARM'),
  );
}

function crossing(
  listed: readonly EvaluatedPeriod[],
  { state }: AlarmEvaluation,
  { comparison, threshold, datapointsToAlarm, evaluationPeriods }: Conditions,
): string {
  const count =
    datapointsToAlarm === undefined
      ? plural(listed.length, 'datapoint', 'datapoints')
      : `${listed.length} out of the last ${evaluationPeriods} datapoints`;
  const values = listed
    .slice(0, MAX_LISTED)
    .map(({ timeMs, value }) => `${javaDouble(value)} (${reasonTime(timeMs)})`)
    .join(', ');
  const was = `${listed.length === 1 ? 'was' : 'were'}${state === 'ALARM' ? '' : ' not'}`;
  const than = `${was} ${WORDS[comparison]} the threshold (${javaDouble(threshold)})`;
  if (listed.length < MAX_LISTED) return `${count} [${values}] ${than}`;
  return `${count} ${than}. The most recent datapoints which crossed the threshold: [${values}]`;
}

function missing({ filled, treatment }: AlarmEvaluation): string {
  if (filled === 0 || treatment === 'missing' || treatment === 'ignore') return '';
  const what = plural(filled, 'missing datapoint was', 'missing datapoints were');
  return ` and ${what} treated as [${treatment === 'breaching' ? 'Breaching' : 'NonBreaching'}]`;
}

function transition(
  listed: readonly EvaluatedPeriod[],
  { state }: AlarmEvaluation,
  { datapointsToAlarm, evaluationPeriods }: Conditions,
): string {
  if (datapointsToAlarm === undefined || listed.length === 0) return '';
  const isAlarm = state === 'ALARM';
  const minimum = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const way = isAlarm ? 'OK -> ALARM' : 'ALARM -> OK';
  return ` (minimum ${plural(minimum, 'datapoint', 'datapoints')} for ${way} transition)`;
}

function received(count: number): string {
  return count === 0 ? 'no datapoints were' : plural(count, 'datapoint was', 'datapoints were');
}

function plural(count: number, singular: string, several: string): string {
  return `${count} ${count === 1 ? singular : several}`;
}
