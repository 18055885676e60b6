/** A time as a table of a page shows it: to the second, in UTC; nothing where there is none. */
export function timeCell(time: Date | undefined): string {
  return time?.toISOString().slice(0, 19).replace('T', ' ') ?? '';
}
