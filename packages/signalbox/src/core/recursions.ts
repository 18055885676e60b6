/** The most traces that are remembered: of each there is a number for each function or machine that comes of itself. */
const MOST_TRACES = 10_000;

const ROOT = /(?:^|;)Root=([^;]*)/;

/**
 * Counts, by the root of their trace, how often a function or a machine comes of itself: where each starts
 * several in its turn, there are many at no great depth.
 */
export class Recursions {
  readonly #counts = new Map<string, number>();
  readonly #most: number;

  /** @param most How often a function or a machine may come of itself within one trace. */
  constructor(most: number) {
    this.#most = most;
  }

  get most(): number {
    return this.#most;
  }

  /** Counts one more of a function or a machine that comes of itself; returns whether it is still one of the allowed. */
  take(traceHeader: string | undefined, arn: string): boolean {
    const root = ROOT.exec(traceHeader ?? '')?.[1];
    if (root === undefined) return true;
    const key = `${root} ${arn}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.delete(key);
    this.#counts.set(key, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > MOST_TRACES && oldest !== undefined) this.#counts.delete(oldest);
    return count <= this.#most;
  }
}
