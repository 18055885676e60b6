import { AwsError } from '../core/aws-error.ts';
import { type Clock, sleep } from '../core/clock.ts';
import { jsonText } from '../core/exact-json/exact-number.ts';
import type { TargetResource } from '../template/app.ts';
import type { BusEvent } from './bus-event.ts';
import {
  type DeliveryFailure,
  deadLetterAttributes,
  type ExhaustedRetryCondition,
  type MessageAttributes,
} from './dead-letter.ts';
import type { Delivery, DeliveryAttempt, DeliveryResult } from './delivery.ts';
import {
  askedDelayMs,
  awaitsTurn,
  deadLetterErrorCode,
  isRetryable,
  retryDelayMs,
} from './retry-policy.ts';

/** The context of a delivery besides the body. */
export interface DeliveryContext {
  readonly event: BusEvent;
  readonly ruleArn: string;
  readonly ruleName: string;
  /** The trace header of PutEvents. */
  readonly traceHeader?: string | undefined;
  /** The same with this pass of the rule, for workflows, which hand it on to what they put. */
  readonly lineage?: string | undefined;
}

/** The part of a target's response that is used. */
export interface DeliveryReceipt {
  /** The execution that the target started. */
  readonly executionArn?: string;
}

/**
 * Calls a target once.
 * @throws {AwsError} When the target refuses.
 */
export type Deliver = (
  target: TargetResource,
  body: string,
  context: DeliveryContext,
) => Promise<DeliveryReceipt>;

/**
 * Sends a message to a dead-letter queue.
 * @throws {AwsError} When the queue refuses.
 */
export type SendToDeadLetters = (
  queueArn: string,
  body: string,
  attributes: MessageAttributes,
) => Promise<void>;

/** The clock and services of a delivery. */
export interface DeliveryPorts {
  readonly clock: Clock;
  /** A number in [0, 1). */
  random(): number;
  readonly deliver: Deliver;
  readonly sendToDeadLetters: SendToDeadLetters;
  /** Notified after each attempt and at the end. */
  onDelivery(delivery: Delivery): void;
}

/** The limits of a delivery, some of which an earlier process may have used up. */
export interface DeliveryProgress {
  readonly retriedAlready: number;
  /** Unix milliseconds at which the event is too old. */
  readonly deadlineMs: number;
  /** Notified before each retry of its number, from 1 on. */
  readonly onRetry: (retryAttempts: number) => void;
}

/** A delivery while it runs: the same value, changed in place. */
export type RunningDelivery = {
  -readonly [Key in keyof Delivery]: Delivery[Key];
};

/**
 * Delivers an event to a target: at least once, again with growing delays while the target's
 * RetryPolicy allows, and else to its dead-letter queue. Time stands still during an attempt.
 */
export async function deliverEvent(
  delivery: RunningDelivery,
  target: TargetResource,
  context: DeliveryContext,
  ports: DeliveryPorts,
  progress: DeliveryProgress,
): Promise<void> {
  const outcome = await tryUntilDone(delivery, target, context, ports, progress);
  delivery.result =
    'failure' in outcome
      ? await holding(ports.clock, () => giveUp(delivery, target, context, outcome.failure, ports))
      : { kind: 'delivered', executionArn: outcome.receipt.executionArn };
  ports.onDelivery(delivery);
}

type Outcome = { readonly receipt: DeliveryReceipt } | { readonly failure: DeliveryFailure };

async function tryUntilDone(
  delivery: RunningDelivery,
  target: TargetResource,
  context: DeliveryContext,
  ports: DeliveryPorts,
  { retriedAlready, deadlineMs, onRetry }: DeliveryProgress,
): Promise<Outcome> {
  const { clock } = ports;
  for (let retryAttempts = retriedAlready; ; retryAttempts += 1) {
    const attempt = await holding(clock, () => tryOnce(delivery, target, context, ports));
    if ('receipt' in attempt) return attempt;
    const { error } = attempt;
    if (awaitsTurn(error)) {
      await sleep(clock, askedDelayMs(error));
      retryAttempts -= 1;
      continue;
    }
    if (!isRetryable(error)) {
      return { failure: { error, exhausted: undefined, retryAttempts } };
    }
    const exhausted = await waitForRetry(retryAttempts, deadlineMs, target, { ...ports, error });
    if (exhausted !== undefined) return { failure: { error, exhausted, retryAttempts } };
    onRetry(retryAttempts + 1);
    ports.onDelivery(delivery);
  }
}

/** Waits for the next try; returns the limit instead where the target's RetryPolicy has come to one. */
async function waitForRetry(
  retryAttempts: number,
  deadlineMs: number,
  target: TargetResource,
  { clock, random, error }: DeliveryPorts & { readonly error: AwsError },
): Promise<ExhaustedRetryCondition | undefined> {
  if (retryAttempts >= target.maximumRetryAttempts) return 'MaximumRetryAttempts';
  const leftMs = deadlineMs - clock.now().getTime();
  const delayMs = Math.max(retryDelayMs(retryAttempts + 1, random), askedDelayMs(error));
  await sleep(clock, Math.min(delayMs, Math.max(0, leftMs)));
  return clock.now().getTime() >= deadlineMs ? 'MaximumEventAgeInSeconds' : undefined;
}

async function tryOnce(
  delivery: RunningDelivery,
  target: TargetResource,
  context: DeliveryContext,
  { clock, deliver }: DeliveryPorts,
): Promise<{ readonly receipt: DeliveryReceipt } | { readonly error: AwsError }> {
  const at = clock.now().toISOString();
  try {
    const receipt = await deliver(target, delivery.body, context);
    addAttempt(delivery, { at, error: undefined });
    return { receipt };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (awaitsTurn(error)) return { error };
    addAttempt(delivery, { at, error: { name: error.name, message: error.message } });
    return { error };
  }
}

function addAttempt(delivery: RunningDelivery, attempt: DeliveryAttempt): void {
  delivery.attempts = [...delivery.attempts, attempt];
}

async function giveUp(
  { ruleArn, targetArn }: Delivery,
  { deadLetterArn }: TargetResource,
  { event }: DeliveryContext,
  failure: DeliveryFailure,
  { sendToDeadLetters }: DeliveryPorts,
): Promise<DeliveryResult> {
  const errorCode = deadLetterErrorCode(failure.error);
  const errorMessage = failure.error.message;
  if (deadLetterArn === undefined) {
    const because = 'the target has no dead-letter queue';
    return { kind: 'dropped', errorCode, errorMessage, because };
  }
  try {
    // AWS: the event itself, not what the target would have received.
    const body = jsonText(event);
    await sendToDeadLetters(
      deadLetterArn,
      body,
      deadLetterAttributes({ ruleArn, targetArn }, failure),
    );
    return { kind: 'dead-lettered', queueArn: deadLetterArn, errorCode, errorMessage };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const because = `${deadLetterArn} refused it: ${error.name}: ${error.message}`;
    return { kind: 'dropped', errorCode, errorMessage, because };
  }
}

async function holding<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const release = clock.hold();
  try {
    return await work();
  } finally {
    release();
  }
}
