import type { ExecutionEnvironment } from './execution-environment.ts';

/** A worker in use; to be given back when its invocation is over. */
export interface Lease {
  readonly environment: ExecutionEnvironment;
  /** Whether the worker was started for this invocation. */
  readonly isCold: boolean;
  giveBack(): void;
}

/** The limits of a pool: the number of its workers, and the time that an idle one is kept. */
export interface PoolLimits {
  readonly maximumWorkers: number;
  /** A function's second worker starts at once only while there are fewer workers than this. */
  readonly doublesBelow: number;
  /** Real milliseconds. */
  readonly idleMs: number;
  /**
   * Real milliseconds: when none of a function's workers was given back for so long, one more
   * starts for those who wait for it, beyond the maximum too.
   */
  readonly patienceMs: number;
}

interface Member {
  readonly functionName: string;
  readonly version: string;
  readonly environment: ExecutionEnvironment;
  isBusy: boolean;
  reaper: NodeJS.Timeout | undefined;
}

interface Waiter {
  readonly functionName: string;
  readonly version: string;
  /** With a warm worker, or without: then there is room for a new one. */
  readonly wake: (member: Member | undefined) => void;
}

/**
 * Keeps workers warm: one per concurrent invocation, used again by the next of the same function
 * and version. When all are taken, an invocation waits for its own function's worker: to start one
 * takes a hundred times as long as to wait for one.
 */
export class WorkerPool {
  /** Idle members stand in the order in which they were given back. */
  readonly #members = new Set<Member>();
  readonly #waiters = new Set<Waiter>();
  readonly #versions = new Map<string, string>();
  readonly #limits: PoolLimits;
  /** A timer for each function that somebody waits for. */
  readonly #stalls = new Map<string, NodeJS.Timeout>();
  #isClosed = false;

  constructor(limits: PoolLimits) {
    this.#limits = limits;
  }

  /** Leases a warm worker of this version, or a new one as soon as there is room; never after the end. */
  async lease(
    functionName: string,
    version: string,
    start: () => ExecutionEnvironment,
  ): Promise<Lease> {
    // An invocation whose function was still being built: a worker of its own would outlive the pool.
    if (this.#isClosed) return new Promise<never>(() => {});
    this.#retire(functionName, version);
    const warm = this.#findIdle(functionName, version);
    if (warm !== undefined) return this.#take(warm);
    if (!this.#hasRoom(functionName)) {
      const given = await this.#wait(functionName, version);
      if (given !== undefined) return this.#take(given);
    }
    const environment = start();
    const member: Member = {
      functionName,
      version,
      environment,
      isBusy: true,
      reaper: undefined,
    };
    this.#members.add(member);
    return { environment, isCold: true, giveBack: () => this.#giveBack(member) };
  }

  /** Ends every worker, busy or idle. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const members = [...this.#members];
    this.#members.clear();
    for (const stall of this.#stalls.values()) clearTimeout(stall);
    this.#stalls.clear();
    for (const { reaper } of members) clearTimeout(reaper);
    await Promise.all(members.map(({ environment }) => environment.terminate()));
  }

  /** Ends a function's idle workers of other versions; busy ones end when they are given back. */
  #retire(functionName: string, version: string): void {
    this.#versions.set(functionName, version);
    for (const member of this.#members) {
      const isOutdated = member.functionName === functionName && member.version !== version;
      if (isOutdated && !member.isBusy) this.#end(member);
    }
  }

  /** The last one given back: it has the warmest caches, and the others may grow old. */
  #findIdle(functionName: string, version: string): Member | undefined {
    return [...this.#members].findLast(
      (member) =>
        !member.isBusy &&
        member.environment.isAlive &&
        member.functionName === functionName &&
        member.version === version,
    );
  }

  #take(member: Member): Lease {
    clearTimeout(member.reaper);
    member.isBusy = true;
    const { environment } = member;
    return { environment, isCold: false, giveBack: () => this.#giveBack(member) };
  }

  /**
   * The worker that is idle longest makes room for a function that has none. A function that has
   * one waits for it: else functions that follow one another would end each other's workers.
   */
  #hasRoom(functionName: string): boolean {
    const members = [...this.#members];
    const hasOwn = members.some((member) => member.functionName === functionName);
    const { maximumWorkers, doublesBelow } = this.#limits;
    if (members.length < (hasOwn ? Math.min(doublesBelow, maximumWorkers) : maximumWorkers)) {
      return true;
    }
    return !hasOwn && this.#endIdle();
  }

  /** Ends the worker that is idle longest; returns whether there was one. */
  #endIdle(): boolean {
    const idle = [...this.#members].find(({ isBusy }) => !isBusy);
    if (idle === undefined) return false;
    this.#end(idle);
    return true;
  }

  #wait(functionName: string, version: string): Promise<Member | undefined> {
    return new Promise((resolve) => {
      this.#waiters.add({ functionName, version, wake: resolve });
      this.#watchForStall(functionName);
    });
  }

  #giveBack(member: Member): void {
    const { functionName, version, environment } = member;
    member.isBusy = false;
    this.#members.delete(member);
    clearTimeout(this.#stalls.get(functionName));
    this.#stalls.delete(functionName);
    if (!environment.isAlive || this.#versions.get(functionName) !== version) {
      void environment.terminate();
    } else {
      this.#members.add(member);
      member.reaper = setTimeout(() => this.#end(member), this.#limits.idleMs).unref();
    }
    this.#serveNext(member);
    this.#watchForStall(functionName);
  }

  #serveNext(member: Member): void {
    const isKept = this.#members.has(member);
    const waiters = [...this.#waiters];
    const heir = waiters.find(
      ({ functionName, version }) =>
        functionName === member.functionName && version === member.version,
    );
    if (isKept && heir !== undefined) {
      // Taken at once: another invocation may come before the heir's turn.
      this.#take(member);
      this.#wake(heir, member);
      return;
    }
    const next = waiters.find(({ functionName }) => this.#hasRoom(functionName));
    if (next !== undefined) this.#wake(next, undefined);
  }

  #wake(waiter: Waiter, member: Member | undefined): void {
    this.#waiters.delete(waiter);
    waiter.wake(member);
  }

  /**
   * The function's workers may be busy for long, or the busy workers may themselves be waiting for
   * this function.
   */
  #watchForStall(functionName: string): void {
    if (this.#firstWaiter(functionName) === undefined || this.#stalls.has(functionName)) return;
    const stall = setTimeout(() => {
      this.#stalls.delete(functionName);
      const first = this.#firstWaiter(functionName);
      if (first === undefined) return;
      if (this.#members.size >= this.#limits.maximumWorkers) this.#endIdle();
      this.#wake(first, undefined);
      this.#watchForStall(functionName);
    }, this.#limits.patienceMs);
    this.#stalls.set(functionName, stall);
  }

  #firstWaiter(functionName: string): Waiter | undefined {
    return [...this.#waiters].find((waiter) => waiter.functionName === functionName);
  }

  #end(member: Member): void {
    clearTimeout(member.reaper);
    this.#members.delete(member);
    void member.environment.terminate();
  }
}
