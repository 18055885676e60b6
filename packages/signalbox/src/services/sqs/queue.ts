import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { MessageHeap } from './message-heap.ts';
import { parseRedrivePolicy, type RedrivePolicy } from './queue-attributes.ts';
import type { NewMessage, StoredMessage } from './stored-message.ts';

/** The address of a queue, and the ports that it reaches. */
export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly clock: Clock;
  /** Finds the dead-letter queue of a redrive policy. */
  readonly queueByArn: (arn: string) => Queue | undefined;
  /** Notified when a message comes, goes, or is hidden. */
  readonly onChange: (queue: Queue) => void;
  /** Keeps messages, without their timers, by their ids. */
  readonly kept: KeptMessages;
}

/** The messages of one queue as they are kept. */
export interface KeptMessages {
  /** @throws {AwsError} `InternalFailure` when it cannot be kept. */
  set(message: KeptMessage): void;
  /** @throws {AwsError} `InternalFailure` when that cannot be kept. */
  delete(id: string): void;
}

/** A message as it is kept. */
export type KeptMessage = Omit<StoredMessage, 'timer'>;

/** The properties of a queue that outlive a process. */
type QueueProperties = Pick<
  Queue,
  'attributes' | 'createdAtMs' | 'lastModifiedAtMs' | 'purgedAtMs'
>;

/** A standard queue: its messages, their visibility on the clock, and who waits for them. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAtMs: number;
  /** The attributes that a caller may set; changed in its store, which keeps them. */
  attributes: Readonly<Record<string, string>>;
  lastModifiedAtMs: number;
  /** Undefined where it was never purged. */
  purgedAtMs: number | undefined;
  readonly #clock: Clock;
  readonly #queueByArn: (arn: string) => Queue | undefined;
  readonly #onChange: (queue: Queue) => void;
  readonly #kept: KeptMessages;
  readonly #messages = new Map<string, StoredMessage>();
  /** What can be received, in the order in which it came. */
  readonly #visible = new MessageHeap();
  readonly #counts = { delayed: 0, visible: 0, 'in-flight': 0 };
  readonly #arrivals = new WeakMap<StoredMessage, number>();
  #arrived = 0;
  /** Messages of another queue or an earlier process may be older than those before them. */
  #isMixed = false;
  readonly #waiting = new Set<() => void>();
  /** Whether an event source mapping reads it: then what its messages wait for is work in hand. */
  #isServed = false;

  constructor(
    { name, arn, url, clock, queueByArn, onChange, kept }: QueueOptions,
    { attributes, createdAtMs, lastModifiedAtMs, purgedAtMs }: QueueProperties,
  ) {
    this.name = name;
    this.arn = arn;
    this.url = url;
    this.#clock = clock;
    this.#queueByArn = queueByArn;
    this.#onChange = onChange;
    this.#kept = kept;
    this.attributes = attributes;
    this.createdAtMs = createdAtMs;
    this.lastModifiedAtMs = lastModifiedAtMs;
    this.purgedAtMs = purgedAtMs;
  }

  /** A numeric attribute, in the attribute's own unit. */
  numberOf(attribute: string): number {
    return Number(this.attributes[attribute]);
  }

  /** Takes a message in; returns its id. */
  send(message: NewMessage, delaySeconds = this.numberOf('DelaySeconds')): string {
    const nowMs = this.#nowMs();
    const stored: StoredMessage = {
      ...message,
      id: randomUUID(),
      sentAtMs: nowMs,
      state: delaySeconds > 0 ? 'delayed' : 'visible',
      hiddenUntilMs: nowMs + delaySeconds * 1000,
      receiveCount: 0,
      firstReceivedAtMs: undefined,
      receiptHandle: undefined,
      deadLetterSourceArn: undefined,
      isHeldOutside: false,
      timer: undefined,
    };
    this.#keep(stored);
    this.#take(stored);
    return stored.id;
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
      const message = this.#takeVisible();
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
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /** The message that a receipt handle names, unless it is gone. */
  messageOf(receiptHandle: string): StoredMessage | undefined {
    return this.#messages.get(receiptHandle.slice(0, receiptHandle.lastIndexOf('.')));
  }

  /** Removes a message for good. */
  delete(message: StoredMessage): void {
    this.#drop(message);
    this.#onChange(this);
  }

  /** Starts an in-flight message's visibility time-out anew; 0 shows it at once. */
  changeVisibility(message: StoredMessage, timeoutSeconds: number): void {
    this.#hide(message, timeoutSeconds, {});
  }

  /** Removes every message. */
  removeAll(): void {
    for (const message of this.#messages.values()) this.#drop(message);
    this.#onChange(this);
  }

  /** Wakes everybody who waits and stops every timer. */
  close(): void {
    for (const message of this.#messages.values()) this.#drop(message);
    this.#wakeWaiting();
  }

  /** Counts messages by state. */
  countOf(state: StoredMessage['state']): number {
    this.#dropExpired();
    return this.#counts[state];
  }

  /** The redrive policy that holds now. */
  redrivePolicy(): RedrivePolicy | undefined {
    return parseRedrivePolicy(this.attributes['RedrivePolicy'] ?? '');
  }

  #isRedriven(message: StoredMessage, redrive: RedrivePolicy | undefined): boolean {
    if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) return false;
    const deadLetters = this.#queueByArn(redrive.deadLetterTargetArn);
    if (deadLetters === undefined) return false;
    // AWS: a standard queue's message keeps its id and its first SentTimestamp when it is redriven.
    const moved = { ...message, timer: undefined, deadLetterSourceArn: this.arn };
    // There before it is gone here: a kill in between leaves it twice, not lost.
    deadLetters.#keep(moved);
    this.delete(message);
    deadLetters.#isMixed = true;
    deadLetters.#take(moved);
    return true;
  }

  #keep({ timer: _, ...message }: StoredMessage): void {
    this.#kept.set(message);
  }

  #take(message: StoredMessage): void {
    this.#messages.set(message.id, message);
    this.#arrivals.set(message, this.#arrived++);
    this.#counts[message.state] += 1;
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
    Object.assign(message, changes, { timer: undefined });
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
    message.timer = this.#clock.at(message.hiddenUntilMs, wake, { awaited, background });
    this.#onChange(this);
  }

  #reappear(message: StoredMessage): void {
    message.timer = undefined;
    this.#counts[message.state] -= 1;
    this.#counts.visible += 1;
    message.state = 'visible';
    this.#show(message);
  }

  /** Takes the oldest message that is visible; some that were may be gone by now. */
  #takeVisible(): StoredMessage | undefined {
    for (;;) {
      const message = this.#visible.first();
      if (message === undefined) return undefined;
      this.#visible.removeFirst();
      const isHere = this.#messages.get(message.id) === message;
      if (isHere && message.state === 'visible') return message;
    }
  }

  #show(message: StoredMessage): void {
    this.#visible.add(message, this.#arrivals.get(message) ?? 0);
    this.#wakeWaiting();
    this.#onChange(this);
  }

  #wakeWaiting(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  #dropExpired(): void {
    const oldestMs = this.#nowMs() - this.numberOf('MessageRetentionPeriod') * 1000;
    for (const message of this.#messages.values()) {
      if (message.sentAtMs <= oldestMs) this.#drop(message);
      else if (!this.#isMixed) return;
    }
  }

  #drop(message: StoredMessage): void {
    this.#kept.delete(message.id);
    message.timer?.cancel();
    if (this.#messages.delete(message.id)) this.#counts[message.state] -= 1;
  }

  #nowMs(): number {
    return this.#clock.now().getTime();
  }
}
