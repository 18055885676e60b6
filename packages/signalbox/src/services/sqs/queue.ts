import { randomUUID } from 'node:crypto';
import type { SentMessage } from '../deduplication.ts';
import { parseRedrivePolicy, type RedrivePolicy } from './queue-attributes.ts';
import type { KeptMessage, QueueOptions, QueueProperties } from './queue-options.ts';
import { ReceiveAttempts } from './receive-attempts.ts';
import { type NewMessage, newMessage, type StoredMessage } from './stored-message.ts';
import { VisibleMessages } from './visible-messages.ts';
import { WaitingConsumers } from './waiting-consumers.ts';

/** A standard or FIFO queue: its messages, their visibility on the clock, and who waits for them. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAtMs: number;
  /** The attributes that a caller may set; changed in its store, which keeps them. */
  attributes: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  lastModifiedAtMs: number;
  /** Undefined where it was never purged. */
  purgedAtMs: number | undefined;
  readonly #options: QueueOptions<Queue>;
  /** The receives of a FIFO queue that may be tried again. */
  readonly attempts = new ReceiveAttempts();
  readonly #messages = new Map<string, StoredMessage>();
  /** What can be received, in the order in which it came. */
  readonly #visible: VisibleMessages;
  readonly #counts = { delayed: 0, visible: 0, 'in-flight': 0 };
  /** Messages of another queue or an earlier process may be older than those before them. */
  #isMixed = false;
  readonly #waiting = new WaitingConsumers();
  /** Whether an event source mapping reads it: then what its messages wait for is work in hand. */
  #isServed = false;

  constructor(
    options: QueueOptions<Queue>,
    { attributes, tags, createdAtMs, lastModifiedAtMs, purgedAtMs }: QueueProperties,
  ) {
    this.name = options.name;
    this.arn = options.arn;
    this.url = options.url;
    this.#options = options;
    this.#visible = new VisibleMessages({
      keepsOrder: options.fifo !== undefined,
      isHere: (message) => this.#messages.get(message.id) === message,
    });
    this.attributes = attributes;
    this.tags = tags;
    this.createdAtMs = createdAtMs;
    this.lastModifiedAtMs = lastModifiedAtMs;
    this.purgedAtMs = purgedAtMs;
  }

  /** A numeric attribute, in the attribute's own unit. */
  numberOf(attribute: string): number {
    return Number(this.attributes[attribute]);
  }

  /** Takes a message in, which a FIFO queue does once within five minutes. */
  send(message: NewMessage, delaySeconds = this.numberOf('DelaySeconds')): SentMessage {
    const nowMs = this.#nowMs();
    const key = this.#deduplicationKey(message);
    const known = this.#options.fifo?.deduplications.find(key, nowMs);
    if (known !== undefined) return known;
    const sequenceNumber = this.#options.fifo?.nextSequence();
    const stored = newMessage(message, { nowMs, delaySeconds, sequenceNumber });
    const sent = { id: stored.id, sequenceNumber };
    this.#keep(stored);
    this.#options.fifo?.deduplications.remember(key, sent, nowMs);
    this.#take(stored);
    return sent;
  }

  /** Takes back a message that an earlier process has kept. */
  restore(message: KeptMessage): void {
    const isHidden = message.hiddenUntilMs > this.#nowMs();
    const state = isHidden ? message.state : 'visible';
    this.#isMixed = true;
    this.#take({ ...message, state, timer: undefined });
  }

  /** Hands out up to `limit` visible messages, and moves those received too often to the dead-letter queue. */
  receive(limit: number, visibilityTimeoutSeconds: number, isOutside = false): StoredMessage[] {
    this.#dropExpired();
    const redrive = this.redrivePolicy();
    const taken: StoredMessage[] = [];
    while (taken.length < limit) {
      const message = this.#visible.take();
      if (message === undefined) break;
      if (!this.#isRedriven(message, redrive)) taken.push(message);
    }
    try {
      return taken.map((message) => {
        this.#hide(message, visibilityTimeoutSeconds, {
          receiveCount: message.receiveCount + 1,
          firstReceivedAtMs: message.firstReceivedAtMs ?? this.#nowMs(),
          receiptHandle: `${message.id}.${randomUUID()}`,
          isHeldOutside: isOutside,
        });
        return { ...message };
      });
    } catch (error) {
      // What could not be kept as received can be received again.
      for (const message of taken) if (message.state === 'visible') this.#show(message);
      throw error;
    }
  }

  /**
   * Hands the next message that could be received to the queue that `targetOf` finds, where it is a new
   * message (SQS Developer Guide, "dead-letter queue redrive").
   */
  handOver(
    targetOf: (message: StoredMessage) => Queue | undefined,
  ): 'moved' | 'empty' | 'no-target' {
    this.#dropExpired();
    const message = this.#visible.take();
    if (message === undefined) return 'empty';
    const target = targetOf(message);
    if (target === undefined) {
      this.#show(message);
      return 'no-target';
    }
    try {
      target.send(message);
    } catch (error) {
      this.#show(message);
      throw error;
    }
    this.delete(message);
    return 'moved';
  }

  /** Says that an event source mapping reads the queue from now on. */
  serveInProcess(): void {
    if (this.#isServed) return;
    this.#isServed = true;
    const hidden = [...this.#messages.values()].filter(({ timer }) => timer !== undefined);
    for (const message of hidden) this.#wait(message);
  }

  /** Resolves when a message can be received, or when the signal aborts; waits on no timer of its own. */
  whenReceivable(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.countOf('visible') > 0) return Promise.resolve();
    return this.#waiting.until(signal);
  }

  /** The message that a receipt handle names, unless it is gone. */
  messageOf(receiptHandle: string): StoredMessage | undefined {
    return this.#messages.get(receiptHandle.slice(0, receiptHandle.lastIndexOf('.')));
  }

  /** Removes a message for good. */
  delete(message: StoredMessage): void {
    this.#drop(message);
    this.#options.onChange(this);
  }

  /** Starts an in-flight message's visibility time-out anew; 0 shows it at once. */
  changeVisibility(message: StoredMessage, timeoutSeconds: number): void {
    this.#hide(message, timeoutSeconds, {});
  }

  /** Removes every message. */
  removeAll(): void {
    for (const message of this.#messages.values()) this.#drop(message);
    this.#options.fifo?.deduplications.clear();
    this.#options.onChange(this);
  }

  /** Wakes everybody who waits and stops every timer. */
  close(): void {
    for (const message of this.#messages.values()) this.#drop(message);
    this.#options.fifo?.deduplications.clear();
    this.#waiting.wakeAll();
  }

  /** Counts messages by state. */
  countOf(state: StoredMessage['state']): number {
    this.#dropExpired();
    return this.#counts[state];
  }

  /** When the oldest message came into this queue (Unix milliseconds); undefined where it is empty. */
  oldestAtMs(): number | undefined {
    this.#dropExpired();
    // They stand in the order in which they came.
    const [oldest] = this.#messages.values();
    return oldest === undefined ? undefined : (oldest.movedAtMs ?? oldest.sentAtMs);
  }

  /** The redrive policy that holds now. */
  redrivePolicy(): RedrivePolicy | undefined {
    return parseRedrivePolicy(this.attributes['RedrivePolicy'] ?? '');
  }

  #deduplicationKey({ deduplicationId = '', groupId = '' }: NewMessage): string {
    const isPerGroup = this.attributes['DeduplicationScope'] === 'messageGroup';
    return isPerGroup ? `${groupId}/${deduplicationId}` : deduplicationId;
  }

  #isRedriven(message: StoredMessage, redrive: RedrivePolicy | undefined): boolean {
    if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) return false;
    const deadLetters = this.#options.queueByArn(redrive.deadLetterTargetArn);
    if (deadLetters === undefined) return false;
    this.#move(message, deadLetters);
    return true;
  }

  /** Moves a visible message to another queue, as a redrive does. */
  #move(message: StoredMessage, target: Queue): void {
    // AWS: a standard queue's message keeps its id and its first SentTimestamp; a FIFO queue's begins anew.
    const sentAtMs = this.#options.fifo === undefined ? message.sentAtMs : this.#nowMs();
    const moved = {
      ...{ ...message, sentAtMs, timer: undefined },
      ...{ deadLetterSourceArn: this.arn, movedAtMs: this.#nowMs() },
    };
    // There before it is gone here: a kill in between leaves it twice, not lost.
    target.#keep(moved);
    this.delete(message);
    target.#isMixed = true;
    target.#take(moved);
  }

  #keep({ timer: _, ...message }: StoredMessage): void {
    this.#options.kept.set(message);
  }

  #take(message: StoredMessage): void {
    this.#messages.set(message.id, message);
    this.#visible.arrive(message);
    this.#counts[message.state] += 1;
    if (message.state === 'in-flight') this.#visible.hold(message);
    if (message.state === 'visible') this.#show(message);
    else this.#wait(message);
  }

  #hide(message: StoredMessage, timeoutSeconds: number, receipt: Partial<KeptMessage>): void {
    const hiddenUntilMs = this.#nowMs() + timeoutSeconds * 1000;
    const state = timeoutSeconds === 0 ? 'visible' : 'in-flight';
    const changes = { ...receipt, state, hiddenUntilMs } as const;
    this.#keep({ ...message, ...changes });
    message.timer?.cancel();
    this.#counts[message.state] -= 1;
    this.#counts[state] += 1;
    const wasInFlight = message.state === 'in-flight';
    Object.assign(message, changes, { timer: undefined });
    if (state === 'in-flight' && !wasInFlight) this.#visible.hold(message);
    if (state === 'visible' && wasInFlight) this.#visible.release(message);
    if (state === 'visible') this.#show(message);
    else this.#wait(message);
  }

  /** Shows a hidden message when its time has come. */
  #wait(message: StoredMessage): void {
    message.timer?.cancel();
    // Somebody outside is expected to delete what he holds; else only a mapping waits for it.
    const awaited = message.state === 'in-flight' && message.isHeldOutside;
    const background = !awaited && !this.#isServed;
    const wake = () => this.#reappear(message);
    message.timer = this.#options.clock.at(message.hiddenUntilMs, wake, { awaited, background });
    this.#options.onChange(this);
  }

  #reappear(message: StoredMessage): void {
    message.timer = undefined;
    this.#counts[message.state] -= 1;
    this.#counts.visible += 1;
    const wasInFlight = message.state === 'in-flight';
    message.state = 'visible';
    if (wasInFlight) this.#visible.release(message);
    this.#show(message);
  }

  #show(message: StoredMessage): void {
    this.#visible.show(message);
    this.#waiting.wakeAll();
    this.#options.onChange(this);
  }

  #dropExpired(): void {
    const oldestMs = this.#nowMs() - this.numberOf('MessageRetentionPeriod') * 1000;
    for (const message of this.#messages.values()) {
      if (message.sentAtMs <= oldestMs) this.#drop(message);
      else if (!this.#isMixed) return;
    }
  }

  #drop(message: StoredMessage): void {
    this.#options.kept.delete(message.id);
    message.timer?.cancel();
    if (!this.#messages.delete(message.id)) return;
    this.#counts[message.state] -= 1;
    if (message.state === 'in-flight') this.#visible.release(message);
  }

  #nowMs(): number {
    return this.#options.clock.now().getTime();
  }
}
