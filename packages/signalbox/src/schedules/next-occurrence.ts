import type { CronExpression } from './cron-expression.ts';
import type { ScheduleExpression } from './schedule-expression.ts';
import { instantOf, wallTimeMs } from './wall-clock.ts';

/** Computes the times of a schedule, in Unix milliseconds. */
export interface Occurrences {
  readonly expression: ScheduleExpression;
  readonly timeZone: string;
  /** The first time of a rate, and the earliest of a cron expression. */
  readonly startMs: number;
  /** Undefined means for ever. */
  readonly endMs: number | undefined;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * The first time of a schedule after a time; undefined when there is none. Where clocks are put
 * forward over a time of a cron expression it is left out; where they are put back it comes once.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function nextOccurrence(occurrences: Occurrences, afterMs: number): number | undefined {
  const { endMs } = occurrences;
  const nextMs = occurrenceAfter(occurrences, afterMs);
  return nextMs === undefined || (endMs !== undefined && nextMs > endMs) ? undefined : nextMs;
}

function occurrenceAfter(
  { expression, timeZone, startMs }: Occurrences,
  afterMs: number,
): number | undefined {
  switch (expression.kind) {
    case 'rate': {
      const periods = Math.floor((afterMs - startMs) / expression.periodMs) + 1;
      return startMs + Math.max(periods, 0) * expression.periodMs;
    }
    case 'at': {
      // AWS: the start of a one-time schedule is ignored.
      const { wallMs } = expression;
      const atMs = instantOf(wallMs, timeZone) ?? instantOf(wallMs + HOUR_MS, timeZone) ?? wallMs;
      return atMs > afterMs ? atMs : undefined;
    }
    case 'cron':
      return nextOfCron(expression, timeZone, Math.max(afterMs, startMs - 1));
  }
}

function nextOfCron(cron: CronExpression, timeZone: string, afterMs: number): number | undefined {
  const lastYear = Math.max(...cron.years);
  let dayMs = Math.floor(wallTimeMs(afterMs, timeZone) / DAY_MS) * DAY_MS;
  for (;;) {
    const date = new Date(dayMs);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
    if (year > lastYear) return undefined;
    if (!cron.years.has(year)) dayMs = Date.UTC(year + 1, 0);
    else if (!cron.months.has(month)) dayMs = Date.UTC(year, month);
    else {
      const isDay = cron.isDay({ year, month, day: date.getUTCDate() });
      const found = isDay ? nextOfDay(cron, timeZone, dayMs, afterMs) : undefined;
      if (found !== undefined) return found;
      dayMs += DAY_MS;
    }
  }
}

function nextOfDay(
  { hours, minutes }: CronExpression,
  timeZone: string,
  dayMs: number,
  afterMs: number,
): number | undefined {
  const times = hours.flatMap((hour) =>
    minutes.map((minute) => dayMs + hour * HOUR_MS + minute * MINUTE_MS),
  );
  for (const wallMs of times) {
    // Clocks differ from UTC by less than a day, which spares most of the conversions.
    if (wallMs < afterMs - DAY_MS) continue;
    const instantMs = instantOf(wallMs, timeZone);
    if (instantMs !== undefined && instantMs > afterMs) return instantMs;
  }
  return undefined;
}
