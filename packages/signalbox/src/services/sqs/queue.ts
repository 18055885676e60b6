import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
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
}

/** A standard queue: its messages, their visibility on the clock, and who waits for them. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAtMs: number;
  lastModifiedAtMs: number;
  purgedAtMs = Number.NEGATIVE_INFINITY;
  readonly #clock: Clock;
  readonly #queueByArn: (arn: string) => Queue | undefined;
  readonly #onChange: (queue: Queue) => void;
  readonly #messages = new Map<string, StoredMessage>();
  readonly #waiting = new Set<() => void>();
  #attributes: Readonly<Record<string, string>>;

  constructor(
    { name, arn, url, clock, queueByArn, onChange }: QueueOptions,
    attributes: Readonly<Record<string, string>>,
  ) {
    this.name = name;
    this.arn = arn;
    this.url = url;
    this.#clock = clock;
    this.#queueByArn = queueByArn;
    this.#onChange = onChange;
    this.#attributes = attributes;
    this.createdAtMs = clock.now().getTime();
    this.lastModifiedAtMs = this.createdAtMs;
  }

  /** The attributes that a caller may set. */
  get attributes(): Readonly<Record<string, string>> {
    return this.#attributes;
  }

  /** Changes attributes; later receives follow them. */
  setAttributes(changes: Readonly<Record<string, string>>): void {
    this.replaceAttributes({ ...this.#attributes, ...changes });
  }

  /** Sets all attributes anew. */
  replaceAttributes(attributes: Readonly<Record<string, string>>): void {
    this.#attributes = attributes;
    this.lastModifiedAtMs = this.#nowMs();
  }

  /** A numeric attribute, in the attribute's own unit. */
  numberOf(attribute: string): number {
    return Number(this.#attributes[attribute]);
  }

  /** Takes a message in; returns its id. */
  send(message: NewMessage, delaySeconds = this.numberOf('DelaySeconds')): string {
    const stored: StoredMessage = {
      ...message,
      id: randomUUID(),
      sentAtMs: this.#nowMs(),
      state: 'visible',
      receiveCount: 0,
      firstReceivedAtMs: undefined,
      receiptHandle: undefined,
      deadLetterSourceArn: undefined,
      timer: undefined,
    };
    this.#messages.set(stored.id, stored);
    if (delaySeconds > 0) this.#hide(stored, 'delayed', delaySeconds);
    else this.#shown();
    return stored.id;
  }

  /** Hands out up to `limit` visible messages, and moves those received too often to the dead-letter queue. */
  receive(limit: number, visibilityTimeoutSeconds: number): StoredMessage[] {
    this.#dropExpired();
    const redrive = this.redrivePolicy();
    const received: StoredMessage[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === limit) break;
      if (message.state !== 'visible' || this.#isRedriven(message, redrive)) continue;
      message.receiveCount += 1;
      message.firstReceivedAtMs ??= this.#nowMs();
      message.receiptHandle = `${message.id}.${randomUUID()}`;
      this.#hide(message, 'in-flight', visibilityTimeoutSeconds);
      received.push({ ...message });
    }
    return received;
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
    this.#hide(message, 'in-flight', timeoutSeconds);
  }

  /** Removes every message. */
  purge(): void {
    for (const message of this.#messages.values()) this.#drop(message);
    this.purgedAtMs = this.#nowMs();
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
    return [...this.#messages.values()].filter((message) => message.state === state).length;
  }

  /** The redrive policy that holds now. */
  redrivePolicy(): RedrivePolicy | undefined {
    return parseRedrivePolicy(this.#attributes['RedrivePolicy'] ?? '');
  }

  #isRedriven(message: StoredMessage, redrive: RedrivePolicy | undefined): boolean {
    if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) return false;
    const deadLetters = this.#queueByArn(redrive.deadLetterTargetArn);
    if (deadLetters === undefined) return false;
    this.delete(message);
    // AWS: a standard queue's message keeps its id and its first SentTimestamp when it is redriven.
    deadLetters.#adopt({ ...message, timer: undefined, deadLetterSourceArn: this.arn });
    return true;
  }

  #adopt(message: StoredMessage): void {
    this.#messages.set(message.id, message);
    this.#shown();
  }

  #hide(message: StoredMessage, state: 'delayed' | 'in-flight', timeoutSeconds: number): void {
    message.timer?.cancel();
    message.state = state;
    const show = () => {
      message.timer = undefined;
      message.state = 'visible';
      this.#shown();
    };
    if (timeoutSeconds === 0) {
      show();
      return;
    }
    message.timer = this.#clock.at(this.#nowMs() + timeoutSeconds * 1000, show);
    this.#onChange(this);
  }

  #shown(): void {
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
    }
  }

  #drop(message: StoredMessage): void {
    message.timer?.cancel();
    this.#messages.delete(message.id);
  }

  #nowMs(): number {
    return this.#clock.now().getTime();
  }
}
