import type { WhyNot } from '../event-patterns/why-not.ts';
import type { BusEvent } from './bus-event.ts';

/** One call of a target. */
export interface DeliveryAttempt {
  /** ISO 8601. */
  readonly at: string;
  /** The refusal of the target; undefined where it took the event. */
  readonly error: { readonly name: string; readonly message: string } | undefined;
}

/** The state of a delivery. */
export type DeliveryResult =
  /** Being tried, or waiting for the next try. */
  | { readonly kind: 'under-way' }
  | { readonly kind: 'delivered'; readonly executionArn: string | undefined }
  | {
      readonly kind: 'dead-lettered';
      readonly queueArn: string;
      readonly errorCode: string;
      readonly errorMessage: string;
    }
  /** Lost: there is no dead-letter queue, or it refused the event as well. */
  | {
      readonly kind: 'dropped';
      readonly errorCode: string;
      readonly errorMessage: string;
      /** The reason for which it isn't in a dead-letter queue. */
      readonly because: string;
    };

/** The way of one event to one target of a rule that matched. */
export interface Delivery {
  readonly eventId: string;
  readonly ruleName: string;
  readonly ruleArn: string;
  readonly targetId: string;
  readonly targetArn: string;
  /** The body that the target receives. */
  readonly body: string;
  readonly attempts: readonly DeliveryAttempt[];
  readonly result: DeliveryResult;
}

/** The reason for which no target gets an event. */
export interface Unmatched {
  readonly eventBusName: string;
  /** A sentence without full stop. */
  readonly reason: string;
  /** The rule that came nearest, where the bus has rules. */
  readonly nearest: { readonly ruleName: string; readonly why: WhyNot | undefined } | undefined;
}

/** All that became of one event. */
export interface EventRecord {
  readonly event: BusEvent;
  readonly eventBusName: string;
  /** When the bus took the event, in ISO 8601. */
  readonly ingestionTime: string;
  readonly matchedRules: readonly { readonly name: string; readonly arn: string }[];
  readonly deliveries: readonly Delivery[];
  readonly archives: readonly string[];
  readonly unmatched: Unmatched | undefined;
}
