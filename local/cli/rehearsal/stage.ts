import type { ClientOptions } from '../session.ts';
import type { PlayedEvent } from './played.ts';

/** What playing samples needs of a running rehearsal, beside its AWS endpoint. */
export interface Stage {
  /** Options of SDK clients that talk to the rehearsal. */
  readonly client: ClientOptions;
  /** The orders API. */
  readonly apiUrl: string;
  /** Physical id of a resource of the template. */
  physicalId(logicalId: string): string;
  /** What the bus did with an event. */
  eventOf(eventId: string): PlayedEvent;
  /** What the payment provider holds for an order. */
  paymentOf(orderId: string): string;
  /** Resolves when nothing is under way: every execution has ended, or waits for somebody. */
  settled(): Promise<void>;
  /** Lets the time pass that somebody had to answer; absent in real time. */
  readonly nobodyAnswers?: () => void;
}
