import type { MetricAlarm } from './alarm.ts';
import { periodMsOf } from './alarm.ts';
import type { AlarmEvaluation, EvaluatedPeriod } from './evaluate-periods.ts';
import { javaDouble, offsetTime } from './texts.ts';

/** Writes a metric alarm's StateReasonData: JSON text whose numbers look as Java writes them. */
export function reasonData(
  alarm: MetricAlarm,
  { considered, filled }: AlarmEvaluation,
  evaluatedMs: number,
): string {
  const { watched, conditions } = alarm;
  const periodMs = periodMsOf(alarm);
  const oldest = considered.at(-1);
  const recent = considered.map(({ value }) => javaDouble(value)).reverse();
  const missing = missingTimes(considered, filled, evaluatedMs, periodMs);
  const fields = [
    text('version', '1.0'),
    text('queryDate', offsetTime(evaluatedMs)),
    ...(oldest === undefined ? [] : [text('startDate', offsetTime(oldest.timeMs))]),
    ...(watched.kind === 'metric' && watched.query.unit !== undefined
      ? [text('unit', watched.query.unit)]
      : []),
    ...(watched.kind === 'metric' ? [text('statistic', watched.query.statistic)] : []),
    `"period":${periodMs / 1000}`,
    `"recentDatapoints":[${recent}]`,
    `"threshold":${javaDouble(conditions.threshold)}`,
    `"evaluatedDatapoints":[${[...considered.map(evaluated), ...missing.map(unknown)]}]`,
  ];
  return `{${fields}}`;
}

/** The newest periods that had no datapoint and were filled in. */
function missingTimes(
  considered: readonly EvaluatedPeriod[],
  filled: number,
  evaluatedMs: number,
  periodMs: number,
): readonly number[] {
  const there = new Set(considered.map(({ timeMs }) => timeMs));
  const times: number[] = [];
  for (let timeMs = evaluatedMs - periodMs; times.length < filled; timeMs -= periodMs) {
    if (!there.has(timeMs)) times.push(timeMs);
  }
  return times;
}

function evaluated({ timeMs, sampleCount, value }: EvaluatedPeriod): string {
  const samples = sampleCount === undefined ? [] : [`"sampleCount":${javaDouble(sampleCount)}`];
  return `{${[text('timestamp', offsetTime(timeMs)), ...samples, `"value":${javaDouble(value)}`]}}`;
}

function unknown(timeMs: number): string {
  return `{${text('timestamp', offsetTime(timeMs))}}`;
}

function text(name: string, value: string): string {
  return `"${name}":${JSON.stringify(value)}`;
}
