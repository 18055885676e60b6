import { randomUUID } from 'node:crypto';
import { AwsError } from '../core/aws-error.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { TargetResource } from '../template/app.ts';
import type { BusEvent } from './bus-event.ts';

/** An event that comes to a bus, from outside or from another bus. */
export interface Arrival {
  readonly event: BusEvent;
  readonly eventBusName: string;
  /** The ARNs of the rules that have forwarded the event so far. */
  readonly via: readonly string[];
  /** The trace header of PutEvents, which goes on to targets. */
  readonly traceHeader?: string | undefined;
  /** The trace header of what caused the event: its own, or that of whoever put it. */
  readonly cause?: string | undefined;
  /** The rules that a replay is for; undefined means all. */
  readonly onlyRuleArns?: readonly string[] | undefined;
}

/** A delivery as it is kept until it has ended. */
export interface KeptDelivery {
  readonly arrival: Arrival;
  readonly ruleName: string;
  readonly ruleArn: string;
  readonly target: TargetResource;
  readonly body: string;
  readonly retryAttempts: number;
  readonly deadlineMs: number;
}

/** The deliveries that have not ended. */
export interface Deliveries {
  /** Keeps a delivery before it starts; returns its id. @throws {AwsError} When it cannot be kept. */
  add(delivery: KeptDelivery): string;
  /** Keeps how often it was retried. */
  retry(id: string, delivery: KeptDelivery): void;
  /** Forgets a delivery that has ended. */
  end(id: string): void;
  /** Those that an earlier process has left. */
  left(): readonly (readonly [string, KeptDelivery])[];
}

/** Opens the deliveries, with those that an earlier process has left. */
export function createDeliveries(maps: KeptMaps): Deliveries {
  const kept = maps.map<KeptDelivery>('events/deliveries');
  const left = [...kept];
  return {
    add(delivery) {
      const id = randomUUID();
      kept.set(id, delivery);
      return id;
    },
    // On a full disk the event may come twice after a restart: it is delivered at least once.
    retry: (id, delivery) => void keptIfPossible(() => kept.set(id, delivery), kept),
    end: (id) => void keptIfPossible(() => kept.delete(id), false),
    left: () => left,
  };
}

/** Keeps what nobody has asked for, and goes on in memory where the disk does not take it. */
export function keptIfPossible<T>(write: () => T, otherwise: T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return otherwise;
  }
}
