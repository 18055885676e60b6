import type { StoredMessage } from './stored-message.ts';

/** A message and its rank at the time at which it was added. */
interface Entry {
  readonly message: StoredMessage;
  readonly rank: number;
}

/**
 * Messages by a rank, of which the least is taken first: a binary heap, so that adding and taking
 * cost the logarithm of their number. What became of a message meanwhile is asked when its turn comes.
 */
export class MessageHeap {
  readonly #entries: Entry[] = [];

  /** How often two entries were compared. */
  comparisons = 0;

  add(message: StoredMessage, rank: number): void {
    const entries = this.#entries;
    let at = entries.push({ message, rank }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** The message of the least rank; undefined where there is none. */
  first(): StoredMessage | undefined {
    return this.#entries[0]?.message;
  }

  removeFirst(): void {
    const entries = this.#entries;
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return;
    entries[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = right < entries.length && this.#isBefore(right, left) ? right : left;
      if (least >= entries.length || !this.#isBefore(least, at)) return;
      this.#swap(least, at);
      at = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    this.comparisons += 1;
    return (this.#entries[one]?.rank ?? 0) < (this.#entries[other]?.rank ?? 0);
  }

  #swap(one: number, other: number): void {
    const entries = this.#entries;
    const [first, second] = [entries[one], entries[other]];
    if (first === undefined || second === undefined) return;
    entries[one] = second;
    entries[other] = first;
  }
}
