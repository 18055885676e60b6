/** Numbers the writes of all Regions in the order in which they happen. */
export interface VersionCounter {
  /** The next number: of 21 digits, by the time, and later than every one before. */
  next(): string;
  /** Goes on after a number of an earlier process. */
  isPast(version: string): void;
}

/** Makes a counter; 100,000 writes of one millisecond have numbers of it, any more borrow from the next. */
export function createVersionCounter(nowMs: () => number): VersionCounter {
  let last = 0n;
  return {
    next() {
      const byTime = BigInt(nowMs()) * 100_000n + 100_000_000_000_000_000_000n;
      last = last < byTime ? byTime : last + 1n;
      return String(last);
    },
    isPast(version) {
      const known = BigInt(version);
      if (known > last) last = known;
    },
  };
}
