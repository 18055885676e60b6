/** Values by the start of their period in Unix milliseconds, oldest first. */
export interface Series {
  readonly label: string;
  readonly periodMs: number;
  readonly points: ReadonlyMap<number, number>;
}

/** The value of an expression. */
export type MathValue =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'series'; readonly series: Series }
  | { readonly kind: 'array'; readonly all: readonly Series[] };

/** An argument of a function: a value, or a word such as `REPEAT`. */
export type MathArgument = MathValue | { readonly kind: 'word'; readonly word: string };

/** The time that the request asks for. */
export interface MathRange {
  /** Start of the first period, in Unix milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
  /** The shortest period among the request's metrics. */
  readonly periodMs: number;
}

/** Wraps a number. */
export function scalar(value: number): MathValue {
  return { kind: 'scalar', value };
}

/** Wraps one series. */
export function one(series: Series): MathValue {
  return { kind: 'series', series };
}

/** Applies a function to each value; one that comes to no number is dropped. */
export function mapSeries(
  series: Series,
  change: (value: number, timeMs: number) => number | undefined,
): Series {
  return {
    ...series,
    points: collect(series.points.keys(), (timeMs) =>
      change(series.points.get(timeMs) ?? 0, timeMs),
    ),
  };
}

/** Collects points for times; what comes to no finite number is dropped, such as a division by zero. */
export function collect(
  times: Iterable<number>,
  valueAt: (timeMs: number) => number | undefined,
): Map<number, number> {
  const points = new Map<number, number>();
  for (const timeMs of times) {
    const value = valueAt(timeMs);
    if (value !== undefined && Number.isFinite(value)) points.set(timeMs, value);
  }
  return points;
}

/** Every time at which one of the series has a value, oldest first. */
export function timesOf(all: readonly Series[]): readonly number[] {
  return [...new Set(all.flatMap(({ points }) => [...points.keys()]))].sort((a, b) => a - b);
}

/** The start of each period of a range. */
export function gridOf({ startMs, endMs }: MathRange, periodMs: number): readonly number[] {
  const count = Math.max(0, Math.ceil((endMs - startMs) / periodMs));
  return Array.from({ length: count }, (_, index) => startMs + index * periodMs);
}
