import type { ApiDestination } from './connection-table.ts';

/** The order in which events come to an API destination that has a rate limit. */
export interface Turns {
  /**
   * Returns the milliseconds until a delivery's turn, and gives it one where it has none: 0 means now.
   * @param delivery The same text whenever the delivery asks.
   */
  waitMs(destination: ApiDestination, delivery: string, nowMs: number): number;
}

/** Makes turns, each `1 / rateLimit` of a second after the one before. */
export function createTurns(): Turns {
  const nextMs = new Map<string, number>();
  const given = new Map<string, number>();
  return {
    waitMs({ arn, rateLimit }, delivery, nowMs) {
      const known = given.get(delivery);
      const turnMs = known ?? Math.max(nowMs, nextMs.get(arn) ?? nowMs);
      if (known === undefined) nextMs.set(arn, turnMs + 1_000 / rateLimit);
      if (turnMs > nowMs) given.set(delivery, turnMs);
      else given.delete(delivery);
      return Math.max(0, turnMs - nowMs);
    },
  };
}
