/** A calendar month, counted from year 0, so that months are added and compared as numbers. */
export type MonthNumber = number;

const DAY_MS = 86_400_000;

/** Reads `2026-10`, or the month of `2026-10-17`. */
export function monthOf(date: string): MonthNumber {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

/** Writes a month's first day, `2026-10-01`. */
export function firstDay(month: MonthNumber): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

/** Days of a month. */
export function daysIn(month: MonthNumber): number {
  return (Date.parse(firstDay(month + 1)) - Date.parse(firstDay(month))) / DAY_MS;
}

/** A date's place in its month: 0 for the first day. */
export function dayIndex(date: string): number {
  return Number(date.slice(8, 10)) - 1;
}

/** The UTC date of a moment, `2026-10-17`. */
export function dateOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  return dateOf(new Date(Date.parse(date) + days * DAY_MS));
}

/** Returns whether there is such a date: there is no 30 February. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const timeMs = Date.parse(text);
  return !Number.isNaN(timeMs) && dateOf(new Date(timeMs)) === text;
}
