import { MessageGroups } from './message-groups.ts';
import { MessageHeap } from './message-heap.ts';
import type { StoredMessage } from './stored-message.ts';

/** What can be received of a queue, in the order in which it came to the queue. */
export class VisibleMessages {
  readonly #heap = new MessageHeap();
  readonly #groups: MessageGroups | undefined;
  readonly #arrivals = new WeakMap<StoredMessage, number>();
  readonly #isHere: (message: StoredMessage) => boolean;
  #arrived = 0;

  /** A queue that keeps the order of its groups is a FIFO queue; `isHere` says what is still in the queue. */
  constructor(options: {
    readonly keepsOrder: boolean;
    readonly isHere: (message: StoredMessage) => boolean;
  }) {
    this.#groups = options.keepsOrder ? new MessageGroups() : undefined;
    this.#isHere = options.isHere;
  }

  /** Gives a new message its place, visible or not. */
  arrive(message: StoredMessage): void {
    this.#arrivals.set(message, this.#arrived++);
  }

  show(message: StoredMessage): void {
    this.#heap.add(message, this.#arrivals.get(message) ?? 0);
  }

  /** Takes the oldest message that may be received; some that were visible may be gone by now. */
  take(): StoredMessage | undefined {
    for (;;) {
      const message = this.#heap.first();
      if (message === undefined) return undefined;
      this.#heap.removeFirst();
      if (!this.#isHere(message) || message.state !== 'visible') continue;
      if (this.#groups?.keepsBack(message) !== true) return message;
    }
  }

  /** A message goes into flight: the others of its group wait. */
  hold(message: StoredMessage): void {
    this.#groups?.hold(message);
  }

  /** A message is no longer in flight: shows what waited for it. */
  release(message: StoredMessage): void {
    for (const waiting of this.#groups?.release(message) ?? []) {
      if (this.#isHere(waiting)) this.show(waiting);
    }
  }
}
