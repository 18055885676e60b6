/** Time that skips to the next thing waited for, as soon as nothing else is left to do. */
export class SkippingTime {
  #nowMs: number;
  #pumping = false;
  readonly #waits = new Map<() => void, number>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  sleep(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = (): void => {
        this.#waits.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waits.set(wake, this.#nowMs + delayMs);
      signal.addEventListener('abort', wake);
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    // All that is ready runs before the next turn of the event loop.
    setImmediate(() => {
      this.#pumping = false;
      const [next] = [...this.#waits].sort(([, one], [, other]) => one - other);
      if (next === undefined) return;
      const [wake, timeMs] = next;
      this.#nowMs = Math.max(this.#nowMs, timeMs);
      wake();
      this.#pump();
    });
  }
}
