import type { Json } from '../core/json.ts';

const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads an ISO 8601 date-time with its offset as Unix milliseconds; undefined where the value is none. */
export function timestampMs(value: Json): number | undefined {
  if (typeof value !== 'string') return undefined;
  const match = TIMESTAMP.exec(value);
  if (match === null || !isCalendarDay(match)) return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Returns whether a value is an ISO 8601 date-time with its offset. */
export function isTimestamp(value: Json): boolean {
  return timestampMs(value) !== undefined;
}

/** `Date.parse` takes February 30 for March 2. */
function isCalendarDay([, year, month, day]: RegExpExecArray): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1;
}
