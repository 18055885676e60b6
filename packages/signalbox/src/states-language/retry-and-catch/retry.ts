import type { Retrier } from '../ast.ts';
import { coversError, type ErrorNames } from '../error-names.ts';

/** Counts a state's retries by retrier, each of which has its own MaxAttempts. */
export class RetryCounts {
  readonly #retriers: readonly Retrier[];
  readonly #counts = new Map<Retrier, number>();

  constructor(retriers: readonly Retrier[]) {
    this.#retriers = retriers;
  }

  /**
   * Decides on another attempt after an error: the delay in milliseconds, or undefined when no
   * retrier covers it or the one that does is used up.
   */
  next(error: ErrorNames, random: () => number): number | undefined {
    const retrier = this.#retriers.find(({ errorEquals }) => coversError(errorEquals, error));
    if (retrier === undefined) return undefined;
    const count = this.#counts.get(retrier) ?? 0;
    if (count >= retrier.maxAttempts) return undefined;
    this.#counts.set(retrier, count + 1);
    return retryDelayMs(retrier, count, random);
  }
}

/**
 * The delay before a retry, 0-based, in milliseconds: capped exponential back-off, with jitter
 * where set.
 */
export function retryDelayMs(retrier: Retrier, retry: number, random: () => number): number {
  const { intervalSeconds, backoffRate, maxDelaySeconds, jitterStrategy } = retrier;
  const seconds = Math.min(
    intervalSeconds * backoffRate ** retry,
    maxDelaySeconds ?? Number.MAX_SAFE_INTEGER / 1000,
  );
  return Math.round(seconds * 1000 * (jitterStrategy === 'FULL' ? random() : 1));
}
