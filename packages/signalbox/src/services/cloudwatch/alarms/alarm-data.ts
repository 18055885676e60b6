import type { MetricIdentity } from '../../metric-source.ts';
import { callsFunction } from '../math/expression.ts';
import { type ReadBuckets, runQueries } from '../metric-queries.ts';
import type { MetricBucket } from '../metric-store.ts';
import { firstAt } from '../metric-store.ts';
import { percentOf, statisticNamed, statisticsIn } from '../statistics.ts';
import { type MetricAlarm, metricsOf, periodMsOf } from './alarm.ts';
import {
  type AlarmEvaluation,
  type EvaluatedPeriod,
  evaluatePeriods,
  hasLowSamples,
  rangeLength,
} from './evaluate-periods.ts';

/** A change of state that data bring about. */
export interface StateChange {
  /** When the alarm is evaluated, in Unix milliseconds. */
  readonly timeMs: number;
  readonly evaluation: AlarmEvaluation & { readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' };
}

const DATED = ['MINUTE', 'HOUR', 'DAY', 'DATE', 'MONTH', 'YEAR', 'EPOCH'];

/** AWS: every minute, and every ten seconds where the period is shorter. */
export function stepMsOf(alarm: MetricAlarm): number {
  return periodMsOf(alarm) < 60_000 ? 10_000 : 60_000;
}

/** Returns the time that an alarm looks back, in milliseconds. */
export function rangeMsOf(alarm: MetricAlarm): number {
  return rangeLength(alarm.conditions) * periodMsOf(alarm);
}

/** The last time at which an alarm was to be evaluated. */
export function evaluationBefore(alarm: MetricAlarm, timeMs: number): number {
  const stepMs = stepMsOf(alarm);
  return Math.floor(timeMs / stepMs) * stepMs;
}

/** Returns whether an alarm may change with the time of day alone. */
export function isDated({ watched }: MetricAlarm): boolean {
  if (watched.kind === 'metric') return false;
  return watched.queries.some(
    (query) =>
      query.kind === 'expression' && DATED.some((name) => callsFunction(query.expression, name)),
  );
}

/**
 * Finds the first evaluation after `fromMs` and not after `toMs` that brings an alarm out of
 * `state`. Only where data enter or leave a period, or the range, can it be another one.
 */
export function nextChange(
  alarm: MetricAlarm,
  state: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  read: ReadBuckets,
): StateChange | undefined {
  const startMs = fromMs - rangeMsOf(alarm) - stepMsOf(alarm);
  const loaded = new Map<MetricIdentity, readonly MetricBucket[]>();
  for (const { metric } of metricsOf(alarm)) loaded.set(metric, read(metric, startMs, toMs));
  const slice: ReadBuckets = (metric, from, to) => {
    const buckets = loaded.get(metric) ?? [];
    return buckets.slice(firstAt(buckets, from), firstAt(buckets, to));
  };
  for (const timeMs of evaluationTimes(alarm, [...loaded.values()], { fromMs, toMs })) {
    const evaluation = evaluationAt(alarm, timeMs, slice);
    const found = evaluation.state;
    if (found !== 'retained' && found !== state)
      return { timeMs, evaluation: { ...evaluation, state: found } };
  }
  return undefined;
}

/** Evaluates an alarm at one time. */
export function evaluationAt(
  alarm: MetricAlarm,
  timeMs: number,
  read: ReadBuckets,
): AlarmEvaluation {
  const { conditions } = alarm;
  const evaluation = evaluatePeriods(rangeAt(alarm, timeMs, read), conditions);
  if (conditions.lowSamples !== 'ignore' || alarm.watched.kind === 'math') return evaluation;
  const percent = percentOf(alarm.watched.query.statistic);
  const isLow = percent !== undefined && hasLowSamples(evaluation.considered, percent);
  return isLow && evaluation.considered.length > 0
    ? { ...evaluation, state: 'retained' }
    : evaluation;
}

function evaluationTimes(
  alarm: MetricAlarm,
  all: readonly (readonly MetricBucket[])[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly number[] {
  const stepMs = stepMsOf(alarm);
  const times = new Set<number>();
  const add = (afterMs: number): void => {
    const timeMs = Math.floor(afterMs / stepMs) * stepMs + stepMs;
    if (timeMs > fromMs && timeMs <= toMs) times.add(timeMs);
  };
  add(fromMs);
  if (isDated(alarm)) for (let timeMs = fromMs; timeMs < toMs; timeMs += stepMs) add(timeMs);
  const periodMs = periodMsOf(alarm);
  const periods = rangeLength(alarm.conditions);
  for (const { timestampMs } of all.flat()) {
    const first = Math.max(0, Math.floor((fromMs - stepMs - timestampMs) / periodMs));
    for (let period = first; period <= periods; period += 1) {
      const timeMs = timestampMs + period * periodMs;
      if (timeMs > toMs) break;
      add(timeMs);
    }
  }
  return [...times].sort((left, right) => left - right);
}

function rangeAt(
  alarm: MetricAlarm,
  timeMs: number,
  read: ReadBuckets,
): readonly (EvaluatedPeriod | undefined)[] {
  const periodMs = periodMsOf(alarm);
  const length = rangeLength(alarm.conditions);
  const startMs = timeMs - length * periodMs;
  const starts = Array.from({ length }, (_, index) => startMs + index * periodMs);
  const { watched } = alarm;
  if (watched.kind === 'math') {
    const value = runQueries(watched.queries, { startMs, endMs: timeMs }, read).get(
      watched.returnedId,
    );
    const points = value?.kind === 'series' ? value.series.points : new Map<number, number>();
    return starts.map((start) => {
      const point = points.get(start);
      return point === undefined
        ? undefined
        : { timeMs: start, value: point, sampleCount: undefined };
    });
  }
  const { metric, statistic, unit } = watched.query;
  const buckets = read(metric, startMs, timeMs);
  const pick = statisticNamed(statistic);
  return starts.map((start) => {
    const period = statisticsIn(buckets, start, start + periodMs, unit);
    const value = period && pick?.(period);
    return period && value !== undefined
      ? { timeMs: start, value, sampleCount: period.SampleCount }
      : undefined;
  });
}
