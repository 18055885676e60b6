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

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(() => {
    isScheduled = false;
    waiting.shift()?.();
    if (waiting.length > 0) schedule();
  });
}
