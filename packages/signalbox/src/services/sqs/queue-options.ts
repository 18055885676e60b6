import type { Clock } from '../../core/clock.ts';
import type { Deduplications } from '../deduplication.ts';
import type { StoredMessage } from './stored-message.ts';

/** The address of a queue, and the ports that it reaches. */
export interface QueueOptions<Queue> {
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
  /** Makes it a FIFO queue. */
  readonly fifo?: FifoOptions | undefined;
}

/** What a FIFO queue knows its messages by. */
export interface FifoOptions {
  readonly deduplications: Deduplications;
  /** The next sequence number: 20 digits, greater than all before. */
  readonly nextSequence: () => string;
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

/** The properties of a queue that outlive a process, without its messages. */
export interface QueueProperties {
  /** The attributes that a caller may set. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  readonly lastModifiedAtMs: number;
  /** Undefined where it was never purged. */
  readonly purgedAtMs: number | undefined;
}
