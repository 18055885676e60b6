/** An invocation under way, as the watch sees it. */
export interface WatchedInvocation {
  /** The function's memory. */
  readonly memoryMb: number;
  /** Milliseconds for which the thread has been busy since it began. */
  readonly busyMs: () => number;
  /** Ends the thread; resolves when its memory is free. */
  readonly end: () => Promise<void>;
}

/** The process's memory, and what calls back again and again. */
export interface MemoryWatchOptions {
  readonly residentBytes: () => number;
  /** Calls back from time to time until the returned function is called. */
  readonly every: (look: () => void) => () => void;
}

interface Watched {
  readonly invocation: WatchedInvocation;
  /** As of the first look: most invocations are over before that, and cost none. */
  residentBefore: number | undefined;
  readonly busyBefore: number;
}

/**
 * Memory that an invocation may take beyond its function's: the process's other work grows and shrinks
 * beside it.
 */
const ALLOWANCE_MB = 256;
const MB = 1_048_576;

/**
 * Ends invocations that take too much memory. V8's own limit of a thread ends the whole process where one
 * allocation alone goes past it, and does not count buffers; so the process's memory is looked at from
 * outside, and of the invocations under way the busiest is taken for the one that fills it.
 */
export class MemoryWatch {
  readonly #options: MemoryWatchOptions;
  readonly #watched = new Set<Watched>();
  #stop: (() => void) | undefined;
  #isEnding = false;

  constructor(options: MemoryWatchOptions) {
    this.#options = options;
  }

  /** Watches an invocation until the returned function is called. */
  watch(invocation: WatchedInvocation): () => void {
    const watched: Watched = {
      invocation,
      residentBefore: undefined,
      busyBefore: invocation.busyMs(),
    };
    this.#watched.add(watched);
    this.#stop ??= this.#options.every(() => this.#look());
    return () => {
      this.#watched.delete(watched);
      if (this.#watched.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
    };
  }

  #look(): void {
    if (this.#isEnding) return;
    const resident = this.#options.residentBytes();
    for (const one of this.#watched) one.residentBefore ??= resident;
    const [busiest] = [...this.#watched]
      .filter((one) => exceeds(one, resident))
      .sort((a, b) => busyMsOf(b) - busyMsOf(a));
    if (busiest === undefined) return;
    this.#isEnding = true;
    void busiest.invocation.end().then(() => {
      this.#isEnding = false;
      // What it had taken is not the others'.
      for (const other of this.#watched) other.residentBefore = undefined;
    });
  }
}

function exceeds({ invocation, residentBefore }: Watched, resident: number): boolean {
  if (residentBefore === undefined) return false;
  return resident - residentBefore > (invocation.memoryMb + ALLOWANCE_MB) * MB;
}

function busyMsOf({ invocation, busyBefore }: Watched): number {
  return invocation.busyMs() - busyBefore;
}
