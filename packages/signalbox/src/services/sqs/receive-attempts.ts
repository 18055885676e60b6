/** The time within which a FIFO queue answers a receive that is tried again with the same messages. */
const WINDOW_MS = 5 * 60_000;

/**
 * The receives of a FIFO queue that their callers may try again, by ReceiveRequestAttemptId
 * (SQS API Reference, ReceiveMessage).
 */
export class ReceiveAttempts {
  readonly #attempts = new Map<string, { readonly handles: readonly string[]; untilMs: number }>();

  /** The receipt handles that an attempt was given; undefined where it is new, or too old. */
  find(attemptId: string, nowMs: number): readonly string[] | undefined {
    for (const [id, { untilMs }] of this.#attempts) {
      if (untilMs > nowMs) break;
      this.#attempts.delete(id);
    }
    return this.#attempts.get(attemptId)?.handles;
  }

  /** Remembers what a receive was given, unless it was nothing. */
  remember(attemptId: string, handles: readonly string[], nowMs: number): void {
    this.#attempts.delete(attemptId);
    if (handles.length > 0) this.#attempts.set(attemptId, { handles, untilMs: nowMs + WINDOW_MS });
  }
}
