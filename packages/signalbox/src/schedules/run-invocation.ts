import { AwsError } from '../core/aws-error.ts';
import { type Clock, sleep } from '../core/clock.ts';
import { callTarget, sendMessage, type TargetServices } from './call-target.ts';
import { type Invocation, invocationInput } from './invocation.ts';

/** The clock and services of an invocation. */
export interface InvocationPorts extends TargetServices {
  readonly clock: Clock;
  /** Returns whether a target that refused so is called again. */
  isRetryable(error: AwsError): boolean;
  /** Returns the wait before a retry, counted from 1. */
  retryDelayMs(retry: number): number;
}

/** The result of an invocation. */
export type InvocationResult =
  | { readonly kind: 'invoked'; readonly attempts: number }
  | { readonly kind: 'dead-lettered'; readonly queueArn: string; readonly error: AwsError }
  /** Lost: there is no dead-letter queue, or it refused as well. */
  | { readonly kind: 'dropped'; readonly error: AwsError; readonly because: string };

/** How far an invocation has come, of which an earlier process may have made a part. */
export interface InvocationProgress {
  readonly retriedAlready: number;
  /** Unix milliseconds after which it is not tried again. */
  readonly deadlineMs: number;
  /** Notified before each retry of its number, from 1 on. */
  readonly onRetry: (retryAttempts: number) => void;
}

interface Failure {
  readonly error: AwsError;
  readonly exhausted: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
  readonly retryAttempts: number;
}

/**
 * Calls a schedule's target, again with growing delays while its RetryPolicy allows, and sends what
 * it could not deliver to the schedule's dead-letter queue. Time stands still during a call.
 */
export async function runInvocation(
  invocation: Invocation,
  ports: InvocationPorts,
  { retriedAlready, deadlineMs, onRetry }: InvocationProgress,
): Promise<InvocationResult> {
  const { target } = invocation.definition;
  for (let retryAttempts = retriedAlready; ; retryAttempts += 1) {
    const error = await attempt(invocation, retryAttempts + 1, ports);
    if (error === undefined) return { kind: 'invoked', attempts: retryAttempts + 1 };
    const exhausted = ports.isRetryable(error)
      ? await waitForRetry(target.maximumRetryAttempts, retryAttempts, deadlineMs, ports)
      : 'never again';
    if (exhausted === undefined) {
      onRetry(retryAttempts + 1);
      continue;
    }
    const limit = exhausted === 'never again' ? undefined : exhausted;
    return giveUp(invocation, { error, exhausted: limit, retryAttempts }, ports);
  }
}

async function attempt(
  invocation: Invocation,
  number: number,
  ports: InvocationPorts,
): Promise<AwsError | undefined> {
  const release = ports.clock.hold();
  try {
    const input = invocationInput(invocation, number);
    await callTarget(ports, invocation.definition.target, input);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  } finally {
    release();
  }
}

async function waitForRetry(
  maximumRetryAttempts: number,
  retryAttempts: number,
  deadlineMs: number,
  { clock, retryDelayMs }: InvocationPorts,
): Promise<Failure['exhausted']> {
  if (retryAttempts >= maximumRetryAttempts) return 'MaximumRetryAttempts';
  const leftMs = Math.max(0, deadlineMs - clock.now().getTime());
  await sleep(clock, Math.min(retryDelayMs(retryAttempts + 1), leftMs));
  return clock.now().getTime() >= deadlineMs ? 'MaximumEventAgeInSeconds' : undefined;
}

async function giveUp(
  invocation: Invocation,
  failure: Failure,
  ports: InvocationPorts,
): Promise<InvocationResult> {
  const { error } = failure;
  const { target } = invocation.definition;
  if (target.deadLetterArn === undefined) {
    return { kind: 'dropped', error, because: 'the schedule has no dead-letter queue' };
  }
  const release = ports.clock.hold();
  try {
    const letter = {
      MessageBody: invocationInput(invocation, failure.retryAttempts + 1),
      MessageAttributes: attributesOf(invocation, failure),
    };
    await sendMessage(ports, target.deadLetterArn, letter, { arn: target.roleArn });
    return { kind: 'dead-lettered', queueArn: target.deadLetterArn, error };
  } catch (refusal) {
    if (!(refusal instanceof AwsError)) throw refusal;
    const because = `${target.deadLetterArn} refused it: ${refusal.name}: ${refusal.message}`;
    return { kind: 'dropped', error, because };
  } finally {
    release();
  }
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
function attributesOf(
  { definition, executionId, scheduledAt }: Invocation,
  { error, exhausted, retryAttempts }: Failure,
): object {
  const values = {
    ERROR_CODE: error.name,
    ERROR_MESSAGE: error.message === '' ? error.name : error.message,
    EXECUTION_ID: executionId,
    ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
    IS_PAYLOAD_TRUNCATED: 'false',
    RETRY_ATTEMPTS: String(retryAttempts),
    SCHEDULED_TIME: `${scheduledAt.toISOString().slice(0, 19)}Z`,
    SCHEDULE_ARN: definition.arn,
    TARGET_ARN: definition.target.arn,
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, StringValue]) => [
      name,
      { DataType: 'String', StringValue },
    ]),
  );
}
