import { type OnBug, ownPromise } from '../core/bugs/own-promise.ts';

/** Counts what is under way. */
export interface Work {
  /** Takes charge of a promise: one that rejects is a bug of ours. */
  add(promise: Promise<void>): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Makes a count of nothing. */
export function createWork(onBug: OnBug): Work {
  let underWay = 0;
  let waiting: (() => void)[] = [];
  function settle(): void {
    underWay -= 1;
    if (underWay > 0) return;
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  }
  return {
    add(promise) {
      underWay += 1;
      void ownPromise(promise, onBug).then(settle);
    },
    idle: () =>
      underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };
}
