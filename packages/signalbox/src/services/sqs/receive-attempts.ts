import type { Queue } from './queue.ts';
import type { StoredMessage } from './stored-message.ts';

/** The time within which a FIFO queue answers a receive that is tried again with the same messages. */
const WINDOW_MS = 5 * 60_000;

/**
 * The receives of a FIFO queue that their callers may try again, by ReceiveRequestAttemptId
 * (SQS API Reference, ReceiveMessage).
 */
export class ReceiveAttempts {
  readonly #attempts = new Map<string, { readonly handles: readonly string[]; untilMs: number }>();

  /** The messages that an attempt was given, where nothing became of them; undefined where it is new or old. */
  find(queue: Queue, attemptId: string, nowMs: number): readonly StoredMessage[] | undefined {
    for (const [id, { untilMs }] of this.#attempts) {
      if (untilMs > nowMs) break;
      this.#attempts.delete(id);
    }
    const handles = this.#attempts.get(attemptId)?.handles;
    const held = handles?.flatMap((handle) => {
      const message = queue.messageOf(handle);
      return message?.state === 'in-flight' && message.receiptHandle === handle ? [message] : [];
    });
    return held?.length === handles?.length ? held : undefined;
  }

  /** Remembers what a receive was given, unless it was nothing. */
  remember(attemptId: string, received: readonly StoredMessage[], nowMs: number): void {
    const handles = received.map(({ receiptHandle = '' }) => receiptHandle);
    this.#attempts.delete(attemptId);
    if (handles.length > 0) this.#attempts.set(attemptId, { handles, untilMs: nowMs + WINDOW_MS });
  }
}
