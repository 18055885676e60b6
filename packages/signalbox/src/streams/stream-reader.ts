import type { OnBug } from '../core/bugs/own-promise.ts';
import type { Clock } from '../core/clock.ts';
import type { JsonObject } from '../core/json.ts';
import type { Caller, ServiceCall } from '../core/service.ts';
import type { StreamSettings } from '../template/stream-settings.ts';
import type { StreamEvent } from './stream-event.ts';

/** The clock and services of readers of streams. */
export interface StreamReaderOptions {
  readonly clock: Clock;
  readonly call: ServiceCall;
  /** Resolves when a stream has a record after a sequence number, or the signal aborts. */
  readonly whenAfter: (streamArn: string, after: string, signal: AbortSignal) => Promise<void>;
  /** The newest sequence number of all streams. */
  readonly lastNumber: () => string;
  /** How far each reader has read, by its name: a sequence number. */
  readonly positions: Map<string, string>;
  /** Notified when reading fails; each reason once. */
  readonly onProblem: (text: string) => void;
  readonly onBug: OnBug;
}

/** Somebody who reads a stream: an event source mapping or a pipe. */
export interface StreamReader {
  /** Such as `Event source mapping ShipOrders`; also the name that its position is kept by. */
  readonly name: string;
  readonly streamArn: string;
  readonly caller: Caller;
  readonly batchSize: number;
  readonly settings: StreamSettings;
  readonly takes: (event: JsonObject) => boolean;
  /** Hands a batch over. @throws {AwsError} When the reader itself is wrong, so that no batch could be. */
  hand(batch: readonly StreamEvent[]): Promise<HandedOver>;
  /** Tells of a batch that is given up. @throws {AwsError} When nobody could be told. */
  giveUp(given: GivenUp): Promise<void>;
}

/** What became of a batch that was handed over. */
export type HandedOver =
  | { readonly kind: 'done' }
  /** Nobody had time for it: it counts as no try. */
  | { readonly kind: 'throttled' }
  | {
      readonly kind: 'failed';
      /** The first event that is not done, where the function says so; undefined means the whole batch. */
      readonly from?: string | undefined;
      readonly functionError?: string | undefined;
    };

/** A batch that is given up, and why. */
export interface GivenUp {
  readonly condition: 'RecordAgeExceeded' | 'RetryAttemptsExhausted';
  readonly batch: readonly StreamEvent[];
  readonly shardId: string;
  /** How often it was handed over. */
  readonly attempts: number;
  readonly functionError: string | undefined;
}
