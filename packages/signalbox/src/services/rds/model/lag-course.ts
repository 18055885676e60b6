interface Stretch {
  readonly fromMs: number;
  /** Undefined while there is nothing that could lag. */
  readonly lag: { readonly baseMs: number; readonly isGrowing: boolean } | undefined;
  readonly sourceRegion: string | undefined;
}

/** A lag at one time. */
export interface Lag {
  readonly lagMs: number;
  /** The Region that is lagged behind; undefined within one. */
  readonly sourceRegion: string | undefined;
}

/**
 * The lag of a replica over time: a list of the moments at which its course changed, so that
 * nothing needs to tick. While it grows it grows by a second a second, as when nothing arrives.
 */
export class LagCourse {
  readonly #stretches: Stretch[] = [];
  readonly #causes = new Set<string>();
  readonly #restMs: number;

  /** `restMs` is the lag of a healthy replica. */
  constructor(restMs: number) {
    this.#restMs = restMs;
  }

  /** From now on there is something that lags, behind another Region where one is named. */
  begin(atMs: number, sourceRegion?: string): void {
    this.#push(
      atMs,
      this.#causes.size > 0 ? this.#growth(this.#restMs) : this.#rest(),
      sourceRegion,
    );
  }

  /** From now on there is nothing that could lag. */
  stop(atMs: number): void {
    if (this.at(atMs) !== undefined) this.#push(atMs, undefined, undefined);
  }

  /** Lets the lag grow until every cause has gone. */
  grow(cause: string, atMs: number): void {
    const now = this.at(atMs);
    const grewAlready = this.#causes.size > 0;
    this.#causes.add(cause);
    if (now !== undefined && !grewAlready) {
      this.#push(atMs, this.#growth(now.lagMs), now.sourceRegion);
    }
  }

  /** Takes a cause away: without any, the replica has caught up. Returns whether it was one. */
  settle(cause: string, atMs: number): boolean {
    const wasOne = this.#causes.delete(cause);
    const now = this.at(atMs);
    if (wasOne && this.#causes.size === 0 && now !== undefined) {
      this.#push(atMs, this.#rest(), now.sourceRegion);
    }
    return wasOne;
  }

  /** The lag at a time in Unix milliseconds; undefined where there is none. */
  at(timeMs: number): Lag | undefined {
    const stretch = this.#stretches.findLast(({ fromMs }) => fromMs <= timeMs);
    if (stretch?.lag === undefined) return undefined;
    const { baseMs, isGrowing } = stretch.lag;
    const lagMs = isGrowing ? baseMs + timeMs - stretch.fromMs : baseMs;
    return { lagMs, sourceRegion: stretch.sourceRegion };
  }

  /** Every Region that was lagged behind at some time. */
  sourceRegions(): readonly string[] {
    const regions = this.#stretches.flatMap(({ sourceRegion }) => sourceRegion ?? []);
    return [...new Set(regions)];
  }

  #rest(): Stretch['lag'] {
    return { baseMs: this.#restMs, isGrowing: false };
  }

  #growth(baseMs: number): Stretch['lag'] {
    return { baseMs, isGrowing: true };
  }

  #push(fromMs: number, lag: Stretch['lag'], sourceRegion: string | undefined): void {
    this.#stretches.push({ fromMs, lag, sourceRegion });
  }
}
