/** AWS's `cron(…)`: minutes, hours, day of month, month, day of week and year. */
export interface CronExpression {
  readonly kind: 'cron';
  /** 0 to 59, ascending. */
  readonly minutes: readonly number[];
  /** 0 to 23, ascending. */
  readonly hours: readonly number[];
  /** 1 to 12. */
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  /** Returns whether a day of a month is meant, months and years aside. */
  readonly isDay: (day: CalendarDay) => boolean;
}

/** A day of the calendar. */
export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

type DayTest = CronExpression['isDay'];

interface Field {
  readonly lowest: number;
  readonly highest: number;
  /** Words that stand for numbers, the first for `lowest`. */
  readonly words?: readonly string[];
}

const MINUTES: Field = { lowest: 0, highest: 59 };
const HOURS: Field = { lowest: 0, highest: 23 };
const DAYS: Field = { lowest: 1, highest: 31 };
const MONTHS: Field = {
  lowest: 1,
  highest: 12,
  words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
/** Sunday is 1. */
const WEEKDAYS: Field = {
  lowest: 1,
  highest: 7,
  words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};
const YEARS: Field = { lowest: 1970, highest: 2199 };

/**
 * Reads what stands between the brackets of `cron(…)`; undefined where EventBridge refuses it.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export function parseCron(text: string): CronExpression | undefined {
  const fields = text.split(' ');
  const [minutes = '', hours = '', days = '', months = '', weekdays = '', years = ''] = fields;
  // AWS: one of the days is the question mark, and only one.
  if (fields.length !== 6 || (days === '?') === (weekdays === '?')) return undefined;
  const isDay = weekdays === '?' ? parseDays(days) : parseWeekdays(weekdays);
  const numbers = {
    minutes: parseField(minutes, MINUTES),
    hours: parseField(hours, HOURS),
    months: parseField(months, MONTHS),
    years: parseField(years, YEARS),
  };
  if (isDay === undefined || numbers.minutes === undefined || numbers.hours === undefined) {
    return undefined;
  }
  if (numbers.months === undefined || numbers.years === undefined) return undefined;
  return {
    kind: 'cron',
    minutes: numbers.minutes,
    hours: numbers.hours,
    months: new Set(numbers.months),
    years: new Set(numbers.years),
    isDay,
  };
}

/** The numbers that a field names, ascending; undefined where it does not parse. */
function parseField(text: string, field: Field): readonly number[] | undefined {
  const numbers = new Set<number>();
  for (const item of text.split(',')) {
    const found = parseItem(item, field);
    if (found === undefined) return undefined;
    for (const number of found) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** One of `*`, `5`, `1-5`, and each of them with `/2`. */
function parseItem(item: string, field: Field): readonly number[] | undefined {
  const [range = '', stepText, ...more] = item.split('/');
  const step = stepText === undefined ? 1 : wholeNumber(stepText);
  const bounds = parseRange(range, field, stepText !== undefined);
  if (bounds === undefined || step === undefined || more.length > 0) return undefined;
  if (step < 1 || step > field.highest) return undefined;
  const size = field.highest - field.lowest + 1;
  // A range may go over the end, such as FRI-MON.
  const length = (bounds.to - bounds.from + size) % size;
  return Array.from(
    { length: Math.floor(length / step) + 1 },
    (_, index) => ((bounds.from - field.lowest + index * step) % size) + field.lowest,
  );
}

function parseRange(
  text: string,
  field: Field,
  hasStep: boolean,
): { readonly from: number; readonly to: number } | undefined {
  if (text === '*') return { from: field.lowest, to: field.highest };
  const [first = '', second, ...more] = text.split('-');
  const from = numberIn(first, field);
  const to = second === undefined ? (hasStep ? field.highest : from) : numberIn(second, field);
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  return { from, to };
}

function numberIn(text: string, { lowest, highest, words }: Field): number | undefined {
  const word = words?.indexOf(text.toUpperCase()) ?? -1;
  const number = word >= 0 ? word + lowest : wholeNumber(text);
  return number !== undefined && number >= lowest && number <= highest ? number : undefined;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

function parseDays(text: string): DayTest | undefined {
  if (text === 'L') return (day) => day.day === lastDay(day);
  const nearest = /^(\d{1,2}|L)W$/.exec(text)?.[1];
  if (nearest !== undefined) {
    const wanted = nearest === 'L' ? 31 : numberIn(nearest, DAYS);
    return wanted === undefined ? undefined : (day) => day.day === nearestWeekday(day, wanted);
  }
  const days = parseField(text, DAYS);
  return days && (({ day }) => days.includes(day));
}

function parseWeekdays(text: string): DayTest | undefined {
  const [, last, of, ordinal] = /^(?:(\w{1,3})L|(\w{1,3})#([1-5]))$/.exec(text) ?? [];
  if (last !== undefined) {
    const weekday = numberIn(last, WEEKDAYS);
    return (
      (weekday && ((day) => weekdayOf(day) === weekday && day.day + 7 > lastDay(day))) || undefined
    );
  }
  if (of !== undefined) {
    const weekday = numberIn(of, WEEKDAYS);
    const isWeek = ({ day }: CalendarDay): boolean => Math.ceil(day / 7) === Number(ordinal);
    return weekday === undefined ? undefined : (day) => weekdayOf(day) === weekday && isWeek(day);
  }
  // AWS: L alone is the last day of the week.
  const weekdays = parseField(text === 'L' ? '7' : text, WEEKDAYS);
  return weekdays && ((day) => weekdays.includes(weekdayOf(day)));
}

/** Sunday is 1. */
function weekdayOf({ year, month, day }: CalendarDay): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

function lastDay({ year, month }: CalendarDay): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The day from Monday to Friday that is nearest to a day, in the same month. */
function nearestWeekday(month: CalendarDay, wanted: number): number {
  const last = lastDay(month);
  const day = Math.min(wanted, last);
  const weekday = weekdayOf({ ...month, day });
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === last ? day - 2 : day + 1;
  return day;
}
