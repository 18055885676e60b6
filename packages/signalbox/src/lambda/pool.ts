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
  /** A function's second worker starts only while there are fewer workers than this; else it waits for its first. */
  readonly doublesBelow: number;
  /** Real milliseconds. */
  readonly idleMs: number;
  /**
   * Real milliseconds: after so long without any worker given back one more than the maximum
   * starts, and a worker that has rested so long makes room for any function.
   */
  readonly patienceMs: number;
}

interface Member {
  readonly functionName: string;
  readonly version: string;
  readonly environment: ExecutionEnvironment;
  isBusy: boolean;
  /** Real milliseconds of the process's clock. */
  idleSinceMs: number;
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
  #stall: NodeJS.Timeout | undefined;
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
      idleSinceMs: 0,
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
    clearTimeout(this.#stall);
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

  /** The worker that is idle longest makes room, unless the function can wait for its own. */
  #hasRoom(functionName: string): boolean {
    const members = [...this.#members];
    const hasOwn = members.some((member) => member.functionName === functionName);
    const { maximumWorkers, doublesBelow } = this.#limits;
    const limit = hasOwn ? Math.min(doublesBelow, maximumWorkers) : maximumWorkers;
    if (members.length < limit) return true;
    const idle = members.find(({ isBusy }) => !isBusy);
    if (idle === undefined) return false;
    const restedMs = performance.now() - idle.idleSinceMs;
    if (hasOwn && restedMs < this.#limits.patienceMs) return false;
    this.#end(idle);
    return true;
  }

  #wait(functionName: string, version: string): Promise<Member | undefined> {
    return new Promise((resolve) => {
      this.#waiters.add({ functionName, version, wake: resolve });
      this.#watchForStall();
    });
  }

  #giveBack(member: Member): void {
    const { functionName, version, environment } = member;
    member.isBusy = false;
    this.#members.delete(member);
    clearTimeout(this.#stall);
    this.#stall = undefined;
    if (!environment.isAlive || this.#versions.get(functionName) !== version) {
      void environment.terminate();
    } else {
      this.#members.add(member);
      member.idleSinceMs = performance.now();
      member.reaper = setTimeout(() => this.#end(member), this.#limits.idleMs).unref();
    }
    this.#serveNext(member);
    this.#watchForStall();
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

  /** The busy workers may themselves be waiting for a function that waits here for a worker. */
  #watchForStall(): void {
    if (this.#stall !== undefined || this.#waiters.size === 0) return;
    this.#stall = setTimeout(() => {
      this.#stall = undefined;
      const [first] = this.#waiters;
      if (first !== undefined) this.#wake(first, undefined);
      this.#watchForStall();
    }, this.#limits.patienceMs);
  }

  #end(member: Member): void {
    clearTimeout(member.reaper);
    this.#members.delete(member);
    void member.environment.terminate();
  }
}
