import type { Clock } from '../core/clock.ts';

/**
 * Makes the numbers of a FIFO queue's or topic's messages: 20 digits that grow, also over a restart, with
 * ten million for each millisecond.
 */
export function createSequence(clock: Pick<Clock, 'now'>): () => string {
  let last = 0n;
  return () => {
    const now = BigInt(clock.now().getTime()) * 10_000_000n;
    last = last < now ? now : last + 1n;
    return String(last).padStart(20, '0');
  };
}
