/** Real time in Unix milliseconds, whatever `Date` shows. */
export const realNow: () => number = Date.now;

/** The `Date` of a function, which shows the rehearsal's time. */
export interface RehearsalDate {
  /** Sets by how many milliseconds it is ahead of real time. */
  setOffset(offsetMs: number): void;
}

/**
 * Lets `Date` show the rehearsal's time: without arguments, and in `Date.now()`. Timers,
 * `performance` and everything else of the platform stay as they are.
 */
export function installRehearsalDate(): RehearsalDate {
  let offsetMs = 0;
  const RealDate = Date;
  const now = (): number => realNow() + offsetMs;
  Reflect.set(RealDate, 'now', now);
  const shown = new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  Reflect.set(RealDate.prototype, 'constructor', shown);
  Reflect.set(globalThis, 'Date', shown);
  return {
    setOffset(ms) {
      offsetMs = ms;
    },
  };
}
