/** The machine's time, as a clock counts it. */
export interface MachineTime {
  /** Unix milliseconds; never less than before. */
  now(): number;
  /** Stops it until the returned function is called, once; several may do so at once. */
  stop(): () => void;
}

/**
 * Counts the machine's time on from an instant. A machine's clock that is set right may go back; this one
 * goes on from where it is.
 * @param realNow Unix milliseconds of the machine.
 * @param startsAtMs Unix milliseconds at which it begins; the machine's own where it is left out.
 */
export function createMachineTime(realNow: () => number, startsAtMs?: number): MachineTime {
  let aheadMs = startsAtMs === undefined ? 0 : startsAtMs - realNow();
  let latestMs = Number.NEGATIVE_INFINITY;
  let stops = 0;

  function now(): number {
    const ms = realNow() + aheadMs;
    if (stops > 0 || ms < latestMs) aheadMs += latestMs - ms;
    else latestMs = ms;
    return latestMs;
  }

  return {
    now,
    stop() {
      now();
      stops += 1;
      let isStopped = true;
      return () => {
        if (!isStopped) return;
        isStopped = false;
        now();
        stops -= 1;
      };
    },
  };
}
