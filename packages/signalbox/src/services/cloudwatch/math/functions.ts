import { ownMember } from '../../../core/names/own-member.ts';
import { AGGREGATES, type Aggregate, aggregate } from './aggregate.ts';
import { MathFailure } from './expression.ts';
import { fill } from './fill.ts';
import {
  gridOf,
  type MathArgument,
  type MathRange,
  type MathValue,
  mapSeries,
  one,
  type Series,
  scalar,
} from './series.ts';
import { sort } from './sort.ts';

/** A call of a function: its name, its arguments and its time range. */
export interface MathCall {
  readonly name: string;
  readonly arguments: readonly MathArgument[];
  readonly range: MathRange;
}

type MathFunction = (call: MathCall) => MathValue;

/** Functions that AWS has and the rehearsal has not, with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  ANOMALY_DETECTION_BAND: 'it learns no bands',
  DB_PERF_INSIGHTS: 'it has no Performance Insights',
  INSIGHT_RULE_METRIC: 'it has no Contributor Insights',
  LAMBDA: 'it has no other data sources',
  SEARCH: 'name the metrics one by one',
  SELECT: 'it has no Metrics Insights',
  SERVICE_QUOTA: 'it has no quotas',
};

/** `IF` and `METRICS` look at more than their arguments' values. */
const SPECIAL = ['IF', 'METRICS'];

const FUNCTIONS: Readonly<Record<string, MathFunction>> = {
  ABS: pointwise(Math.abs),
  CEIL: pointwise(Math.ceil),
  FLOOR: pointwise(Math.floor),
  LOG: pointwise(Math.log),
  LOG10: pointwise(Math.log10),
  ...Object.fromEntries(
    Object.entries(AGGREGATES).map(([name, fold]) => [name, aggregating(fold)]),
  ),
  DATAPOINT_COUNT: (call) => {
    const value = argument(call, 0);
    if (value.kind === 'series') return scalar(value.series.points.size);
    return aggregate(value, { fold: (values) => values.length, isMissingZero: false });
  },
  DIFF: stepwise((value, before) => value - before),
  DIFF_TIME: stepwise((_value, _before, seconds) => seconds),
  RATE: stepwise((value, before, seconds) => (value - before) / seconds),
  FILL: (call) => fill(argument(call, 0), call.arguments[1], call.range),
  FIRST: (call) => one(pick(call, 0)),
  LAST: (call) => one(pick(call, -1)),
  METRIC_COUNT: (call) => scalar(seriesOf(argument(call, 0)).length),
  PERIOD: (call) => scalar((seriesOf(argument(call, 0))[0]?.periodMs ?? 0) / 1000),
  REMOVE_EMPTY: (call) => ({
    kind: 'array',
    all: seriesOf(argument(call, 0)).filter(({ points }) => points.size > 0),
  }),
  RUNNING_SUM: (call) => eachSeries(argument(call, 0), runningSum),
  SLICE: (call) => slice(call),
  SORT: (call) => sort(seriesOf(argument(call, 0)), call.arguments.slice(1)),
  TIME_SERIES: ({ arguments: [value], range }) => timeSeries(value, range),
  MINUTE: dated((date) => date.getUTCMinutes()),
  HOUR: dated((date) => date.getUTCHours()),
  // AWS: 1 is Monday, 7 is Sunday.
  DAY: dated((date) => ((date.getUTCDay() + 6) % 7) + 1),
  DATE: dated((date) => date.getUTCDate()),
  MONTH: dated((date) => date.getUTCMonth() + 1),
  YEAR: dated((date) => date.getUTCFullYear()),
  EPOCH: dated((date) => date.getTime() / 1000),
};

/** Refuses a function by its name, unless it is rehearsed. @throws {MathFailure} */
export function checkFunction(name: string): void {
  if (Object.hasOwn(FUNCTIONS, name) || SPECIAL.includes(name)) return;
  const reason = ownMember(REFUSED, name);
  if (reason !== undefined) throw new MathFailure(`${name} is not rehearsed: ${reason}`);
  throw new MathFailure(`Unknown function ${name}: functions are written in uppercase letters`);
}

/** Calls a function. @throws {MathFailure} When its arguments do not fit. */
export function callFunction(call: MathCall): MathValue {
  const run = ownMember(FUNCTIONS, call.name);
  if (run === undefined) throw new MathFailure(`Unknown function ${call.name}`);
  return run(call);
}

/** The series of a value. @throws {MathFailure} For a number. */
export function seriesOf(value: MathValue): readonly Series[] {
  if (value.kind === 'scalar') throw new MathFailure('A time series is needed, not a number');
  return value.kind === 'series' ? [value.series] : value.all;
}

/** Applies a change to each series of a value. */
export function eachSeries(value: MathValue, change: (series: Series) => Series): MathValue {
  if (value.kind === 'series') return one(change(value.series));
  return { kind: 'array', all: seriesOf(value).map(change) };
}

function argument({ name, arguments: all }: MathCall, index: number): MathValue {
  const value = all[index];
  if (value === undefined || value.kind === 'word') {
    throw new MathFailure(`${name} needs a time series as its argument ${index + 1}`);
  }
  return value;
}

function pointwise(change: (value: number) => number): MathFunction {
  return (call) => {
    const value = argument(call, 0);
    if (value.kind === 'scalar') return scalar(change(value.value));
    return eachSeries(value, (series) => mapSeries(series, change));
  };
}

function aggregating(fold: Aggregate): MathFunction {
  return (call) => aggregate(argument(call, 0), fold);
}

function stepwise(
  change: (value: number, before: number, seconds: number) => number,
): MathFunction {
  return (call) =>
    eachSeries(argument(call, 0), (series) => {
      let last: { readonly value: number; readonly timeMs: number } | undefined;
      return mapSeries(series, (value, timeMs) => {
        const before = last;
        last = { value, timeMs };
        return before && change(value, before.value, (timeMs - before.timeMs) / 1000);
      });
    });
}

function runningSum(series: Series): Series {
  let sum = 0;
  return mapSeries(series, (value) => {
    sum += value;
    return sum;
  });
}

function dated(read: (date: Date) => number): MathFunction {
  return (call) =>
    eachSeries(argument(call, 0), (series) => {
      const times = gridOf(call.range, series.periodMs);
      const points = new Map(times.map((timeMs) => [timeMs, read(new Date(timeMs))]));
      return { ...series, points };
    });
}

function pick(call: MathCall, index: number): Series {
  const series = seriesOf(argument(call, 0)).at(index);
  if (series === undefined) throw new MathFailure(`${call.name} needs at least one time series`);
  return series;
}

function slice(call: MathCall): MathValue {
  const [from, to] = call.arguments.slice(1).map((bound) => {
    if (bound.kind !== 'scalar') throw new MathFailure('SLICE needs numbers as its bounds');
    return bound.value;
  });
  return { kind: 'array', all: seriesOf(argument(call, 0)).slice(from, to) };
}

function timeSeries(value: MathArgument | undefined, range: MathRange): MathValue {
  if (value?.kind !== 'scalar') throw new MathFailure('TIME_SERIES needs a number');
  const periodMs = range.periodMs;
  const points = new Map(gridOf(range, periodMs).map((timeMs) => [timeMs, value.value]));
  return one({ label: 'TIME_SERIES', periodMs, points });
}
