/** A calendar month, `2026-10`. */
export type Month = string;

const DAY_MS = 86_400_000;

/** Returns whether a text is a month. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** The month so many later, or earlier where the count is negative. */
export function addMonths(month: Month, count: number): Month {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  const year = String(Math.floor(number / 12)).padStart(4, '0');
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** A month's first day; that of the month after is the exclusive end of a period. */
export function firstDay(month: Month): string {
  return `${month}-01`;
}

/** The month of a date or a moment in ISO 8601, in UTC as bills are. */
export function monthOf(date: string): Month {
  return date.slice(0, 7);
}

/** The date of a moment in ISO 8601. */
export function dateOf(moment: string): string {
  return moment.slice(0, 10);
}

/** Days of a month. */
export function daysIn(month: Month): number {
  const [from, to] = [firstDay(month), firstDay(addMonths(month, 1))];
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** Months from one to another, the last not among them. */
export function monthsBetween(first: Month, end: Month): readonly Month[] {
  const months: Month[] = [];
  for (let month = first; month < end; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** The last month that is over. */
export function lastCompleteMonth(moment: string): Month {
  return addMonths(monthOf(moment), -1);
}

/** The day on which a month's bill is final. */
export function settledOn(month: Month, dayOfNextMonth: number): string {
  return `${addMonths(month, 1)}-${String(dayOfNextMonth).padStart(2, '0')}`;
}
