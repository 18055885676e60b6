import type { ExecutionEnvironment } from './execution-environment.ts';

/** A worker in use; to be given back when its invocation is over. */
export interface Lease {
  readonly environment: ExecutionEnvironment;
  /** Whether the worker was started for this invocation. */
  readonly isCold: boolean;
  giveBack(): void;
}

/** How many workers there may be, and how long one is kept that has nothing to do. */
export interface PoolLimits {
  readonly maximumWorkers: number;
  /** Real milliseconds. */
  readonly idleMs: number;
  /** Real milliseconds that an invocation waits for a worker before it gets one beyond the maximum. */
  readonly patienceMs: number;
}

interface Member {
  readonly functionName: string;
  readonly version: string;
  readonly environment: ExecutionEnvironment;
  busy: boolean;
  reaper: NodeJS.Timeout | undefined;
}

/**
 * Keeps workers warm: one per concurrent invocation, used again by the next of the same function
 * and version. The rest of the bargain is memory: idle workers of other functions make room.
 */
export class WorkerPool {
  /** Idle members stand in the order in which they were given back. */
  readonly #members = new Set<Member>();
  readonly #waiting = new Set<() => void>();
  readonly #versions = new Map<string, string>();
  readonly #limits: PoolLimits;

  constructor(limits: PoolLimits) {
    this.#limits = limits;
  }

  /** Leases a warm worker of this version, or a new one as soon as there is room. */
  async lease(
    functionName: string,
    version: string,
    start: () => ExecutionEnvironment,
  ): Promise<Lease> {
    this.#retire(functionName, version);
    const lease = this.#leaseWarm(functionName, version);
    if (lease !== undefined) return lease;
    if (!this.#makeRoom()) {
      await this.#patience();
      const freed = this.#leaseWarm(functionName, version);
      if (freed !== undefined) return freed;
      this.#makeRoom();
    }
    const environment = start();
    const member: Member = { functionName, version, environment, busy: true, reaper: undefined };
    this.#members.add(member);
    return this.#toLease(member, true);
  }

  /** Ends every worker, busy or idle. */
  async close(): Promise<void> {
    const members = [...this.#members];
    this.#members.clear();
    for (const { reaper } of members) clearTimeout(reaper);
    await Promise.all(members.map(({ environment }) => environment.terminate()));
  }

  /** Ends a function's idle workers of other versions; busy ones end when they are given back. */
  #retire(functionName: string, version: string): void {
    this.#versions.set(functionName, version);
    for (const member of this.#members) {
      const isOutdated = member.functionName === functionName && member.version !== version;
      if (isOutdated && !member.busy) this.#end(member);
    }
  }

  #leaseWarm(functionName: string, version: string): Lease | undefined {
    // The last one given back has the warmest caches, and lets the others grow old.
    const member = [...this.#members].findLast(
      (candidate) =>
        !candidate.busy &&
        candidate.environment.isAlive &&
        candidate.functionName === functionName &&
        candidate.version === version,
    );
    if (member === undefined) return undefined;
    clearTimeout(member.reaper);
    member.busy = true;
    return this.#toLease(member, false);
  }

  #toLease(member: Member, isCold: boolean): Lease {
    return { environment: member.environment, isCold, giveBack: () => this.#giveBack(member) };
  }

  #giveBack(member: Member): void {
    member.busy = false;
    this.#members.delete(member);
    const isCurrent = this.#versions.get(member.functionName) === member.version;
    if (!member.environment.isAlive || !isCurrent) void member.environment.terminate();
    else {
      this.#members.add(member);
      member.reaper = setTimeout(() => this.#end(member), this.#limits.idleMs).unref();
    }
    const [next] = this.#waiting;
    next?.();
  }

  /** Answers whether another worker may start; an idle one ends for it, the longest idle first. */
  #makeRoom(): boolean {
    if (this.#members.size < this.#limits.maximumWorkers) return true;
    const idle = [...this.#members].find(({ busy }) => !busy);
    if (idle === undefined) return false;
    this.#end(idle);
    return true;
  }

  /**
   * Waits until a worker is given back. Not for ever: the busy ones may themselves be waiting for
   * the function that wants a worker now.
   */
  #patience(): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, this.#limits.patienceMs);
      this.#waiting.add(finish);
    });
  }

  #end(member: Member): void {
    clearTimeout(member.reaper);
    this.#members.delete(member);
    void member.environment.terminate();
  }
}
