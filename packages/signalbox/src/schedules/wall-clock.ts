const HOUR_MS = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns whether a time zone is one of the IANA database's, as EventBridge Scheduler wants it. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The local time at an instant (Unix milliseconds), written as if it were UTC. */
export function wallTimeMs(instantMs: number, timeZone: string): number {
  if (timeZone === 'UTC') return instantMs;
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const secondsMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return secondsMs + (((instantMs % 1000) + 1000) % 1000);
}

/**
 * The instant when a clock on the wall shows a time: the first, where clocks are put back; undefined
 * where they are put forward over it.
 */
export function instantOf(wallMs: number, timeZone: string): number | undefined {
  if (timeZone === 'UTC') return wallMs;
  // No zone is more than a day from UTC, nor changes its clocks twice in two days.
  const candidates = [wallMs - 24 * HOUR_MS, wallMs + 24 * HOUR_MS]
    .map((nearMs) => wallMs - (wallTimeMs(nearMs, timeZone) - nearMs))
    .filter((instantMs) => wallTimeMs(instantMs, timeZone) === wallMs);
  return candidates.length === 0 ? undefined : Math.min(...candidates);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
