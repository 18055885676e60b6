/** Lets many run together, or one alone; whoever asks first goes first. */
export interface SharedLock {
  /** Runs beside other shared runs. */
  shared<T>(run: () => Promise<T>): Promise<T>;
  /** Runs alone. */
  exclusive<T>(run: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly isAlone: boolean;
  readonly start: () => void;
}

/** Makes a lock that nobody holds. */
export function createSharedLock(): SharedLock {
  const waiting: Waiting[] = [];
  let running = 0;
  let runsAlone = false;

  function startNext(): void {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (runsAlone || (next.isAlone && running > 0)) return;
      waiting.shift();
      running += 1;
      runsAlone = next.isAlone;
      next.start();
    }
  }

  async function hold<T>(isAlone: boolean, run: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      waiting.push({ isAlone, start });
      startNext();
    });
    try {
      return await run();
    } finally {
      running -= 1;
      runsAlone = false;
      startNext();
    }
  }

  return {
    shared: (run) => hold(false, run),
    exclusive: (run) => hold(true, run),
  };
}
