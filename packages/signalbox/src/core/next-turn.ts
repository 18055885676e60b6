const waiting: (() => void)[] = [];
let isScheduled = false;

/**
 * Lets everything else that waits have a turn of the event loop. Of those who wait here one goes on in each turn:
 * each may take a while.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    schedule();
  });
}

/** Returns whether somebody waits for a turn: then the work in hand goes on, and time does not skip. */
export function isTurnAwaited(): boolean {
  return waiting.length > 0;
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(() => {
    isScheduled = false;
    waiting.shift()?.();
    if (waiting.length > 0) schedule();
  });
}
