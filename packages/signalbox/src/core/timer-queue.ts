/** A pending wake-up call. */
export interface PendingTimer {
  /** Unix milliseconds. */
  readonly timeMs: number;
  /** Somebody is expected to answer before it. */
  readonly awaited: boolean;
  /** Never a reason to skip time. */
  readonly background: boolean;
  readonly wake: () => void;
}

/** Pending timers by time; among equal times the awaited come first, then the older. */
export interface TimerQueue {
  add(timer: PendingTimer): QueuedTimer;
  /** Returns whether the timer was still there. */
  remove(timer: QueuedTimer): boolean;
  first(): QueuedTimer | undefined;
  /** The first that is no background. */
  firstForeground(): QueuedTimer | undefined;
  firstAwaited(): QueuedTimer | undefined;
}

interface QueuedTimer extends PendingTimer {
  readonly sequence: number;
}

/** Creates an empty queue. */
export function createTimerQueue(): TimerQueue {
  const all = createSorted();
  const foreground = createSorted();
  const awaited = createSorted();
  let sequence = 0;
  return {
    add(pending) {
      const timer = { ...pending, sequence };
      sequence += 1;
      all.add(timer);
      if (!timer.background) foreground.add(timer);
      if (timer.awaited) awaited.add(timer);
      return timer;
    },
    remove(timer) {
      foreground.remove(timer);
      awaited.remove(timer);
      return all.remove(timer);
    },
    first: all.first,
    firstForeground: foreground.first,
    firstAwaited: awaited.first,
  };
}

/** Timers in order. */
interface Sorted {
  add(timer: QueuedTimer): void;
  remove(timer: QueuedTimer): boolean;
  first(): QueuedTimer | undefined;
}

function createSorted(): Sorted {
  // The earliest is last, where taking it away is cheap.
  const timers: QueuedTimer[] = [];
  return {
    add: (timer) => void timers.splice(indexOf(timers, timer), 0, timer),
    remove(timer) {
      const index = indexOf(timers, timer);
      if (timers[index] !== timer) return false;
      timers.splice(index, 1);
      return true;
    },
    first: () => timers.at(-1),
  };
}

/** Returns the index of the timer, or where it belongs: the first whose timer is not later than it. */
function indexOf(timers: readonly QueuedTimer[], timer: QueuedTimer): number {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = timers[middle];
    if (other !== undefined && compare(other, timer) > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(a: QueuedTimer, b: QueuedTimer): number {
  return a.timeMs - b.timeMs || Number(b.awaited) - Number(a.awaited) || a.sequence - b.sequence;
}
