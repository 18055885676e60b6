import { createHash } from 'node:crypto';

/** The time within which a FIFO queue or topic takes a message only once: five minutes. */
const WINDOW_MS = 5 * 60_000;

/** What the sender of a message is told. */
export interface SentMessage {
  readonly id: string;
  /** Of a FIFO queue or topic: 20 digits, which grow. */
  readonly sequenceNumber: string | undefined;
}

/** A message that was taken, as it is kept. */
export interface KeptDeduplication extends SentMessage {
  readonly untilMs: number;
}

/** The messages that a FIFO queue or topic has taken within five minutes. */
export class Deduplications {
  readonly #kept: Map<string, KeptDeduplication>;
  readonly #prefix: string;
  /** In the order of their end, which is that of their beginning. */
  readonly #keys: string[] = [];

  /** `kept` is shared by all owners, each with a name of its own. */
  constructor(kept: Map<string, KeptDeduplication>, owner: string) {
    this.#kept = kept;
    this.#prefix = `${owner}/`;
    for (const key of kept.keys()) if (key.startsWith(this.#prefix)) this.#keys.push(key);
  }

  /** The message that was taken under a key; undefined where there is none, or its time is over. */
  find(key: string, nowMs: number): SentMessage | undefined {
    this.#forgetEnded(nowMs);
    return this.#kept.get(this.#prefix + key);
  }

  /** @throws {AwsError} `InternalFailure` when it cannot be kept. */
  remember(key: string, sent: SentMessage, nowMs: number): void {
    this.#kept.set(this.#prefix + key, { ...sent, untilMs: nowMs + WINDOW_MS });
    this.#keys.push(this.#prefix + key);
  }

  /** Forgets everything: the queue is purged or deleted. */
  clear(): void {
    for (const key of this.#keys.splice(0)) this.#kept.delete(key);
  }

  #forgetEnded(nowMs: number): void {
    let ended = 0;
    for (const key of this.#keys) {
      const { untilMs = 0 } = this.#kept.get(key) ?? {};
      if (untilMs > nowMs) break;
      this.#kept.delete(key);
      ended += 1;
    }
    this.#keys.splice(0, ended);
  }
}

/** The deduplication id of a body whose sender gave none: its SHA-256. */
export function contentId(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
