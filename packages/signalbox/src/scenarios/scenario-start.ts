/** The instant at which the clock of a run of scenarios starts, whatever the date is. */
export const FIRST_START = new Date('2026-01-05T10:00:00Z');

const DAY_MS = 86_400_000;

/** Finds the instant at which the next scenario starts: the next time that it is ten o'clock UTC. */
export function nextStart(now: Date): Date {
  const days = Math.floor((now.getTime() - FIRST_START.getTime()) / DAY_MS) + 1;
  return new Date(FIRST_START.getTime() + days * DAY_MS);
}
