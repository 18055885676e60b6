import type { StoredMessage } from './stored-message.ts';

/**
 * The order of a FIFO queue: while a message of a group is in flight, the group's other messages wait
 * (SQS Developer Guide, "FIFO queue delivery logic").
 */
export class MessageGroups {
  /** How many messages of each group are in flight. */
  readonly #inFlight = new Map<string, number>();
  /** Visible messages whose turn came while their group was held. */
  readonly #waiting = new Map<string, StoredMessage[]>();

  /** Takes in a visible message whose group is held, and says that it did. */
  keepsBack(message: StoredMessage): boolean {
    const group = message.groupId ?? '';
    if (!this.#inFlight.has(group)) return false;
    const waiting = this.#waiting.get(group);
    if (waiting === undefined) this.#waiting.set(group, [message]);
    else waiting.push(message);
    return true;
  }

  /** A message goes into flight. */
  hold({ groupId = '' }: StoredMessage): void {
    this.#inFlight.set(groupId, (this.#inFlight.get(groupId) ?? 0) + 1);
  }

  /** A message is no longer in flight; returns those that waited for the last one of its group. */
  release({ groupId = '' }: StoredMessage): readonly StoredMessage[] {
    const left = (this.#inFlight.get(groupId) ?? 1) - 1;
    if (left > 0) {
      this.#inFlight.set(groupId, left);
      return [];
    }
    this.#inFlight.delete(groupId);
    const waiting = this.#waiting.get(groupId) ?? [];
    this.#waiting.delete(groupId);
    return waiting;
  }
}
