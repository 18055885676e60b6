import { AwsError } from '../../core/aws-error.ts';
import { type OnBug, ownPromise } from '../../core/bugs/own-promise.ts';
import { type Clock, sleep } from '../../core/clock.ts';
import { DEFAULT_LIMITS } from '../../core/limits.ts';
import type { ServiceCall } from '../../core/service.ts';
import type { FunctionResource } from '../../template/app.ts';
import { tooManyRequests } from '../concurrency.ts';
import type { LambdaHost } from '../host.ts';
import type { FunctionResponse } from '../run-invocation.ts';
import { type AsyncResult, sendToDeadLetters, sendToDestination } from './async-result.ts';

/** The clock and services of asynchronous invocation. */
export interface AsyncOptions {
  readonly host: Pick<LambdaHost, 'invoke'>;
  readonly clock: Clock;
  readonly call: ServiceCall;
  /** Notified of a failed event that no destination or dead-letter queue has taken. */
  readonly onDropped: (text: string) => void;
  readonly onBug: OnBug;
  /** The most events that run, or wait for their turn or a retry; that of a project that sets none, unless given. */
  readonly queuedInvocations?: number | undefined;
}

/** AWS: one minute before the first retry, two before the second. */
const RETRY_STEP_MS = 60_000;
const LONGEST_BACKOFF_MS = 300_000;
const SIX_HOURS_SECONDS = 21_600;

/** An event that waits for its function. */
interface AsyncEvent {
  readonly resource: FunctionResource;
  readonly payload: Uint8Array;
  readonly requestId: string;
  readonly traceHeader: string | undefined;
  readonly expiresAtMs: number;
  readonly maximumRetryAttempts: number;
  attempts: number;
  throttles: number;
  response: FunctionResponse | undefined;
}

/** Lambda's queue of asynchronous invocations, with its retries on the clock. */
export class AsyncInvocations {
  readonly #options: AsyncOptions;
  readonly #closing = new AbortController();
  #queued = 0;

  constructor(options: AsyncOptions) {
    this.#options = options;
  }

  /**
   * Takes an event over; it runs at once, and again after one and two minutes when it fails.
   * @throws {AwsError} `TooManyRequestsException` when too many wait.
   */
  accept(
    resource: FunctionResource,
    payload: Uint8Array,
    request: Pick<AsyncEvent, 'requestId' | 'traceHeader'>,
  ): void {
    if (this.#queued >= (this.#options.queuedInvocations ?? DEFAULT_LIMITS.queuedInvocations)) {
      throw tooManyRequests('CallerRateLimitExceeded');
    }
    const { maximumRetryAttempts = 2, maximumEventAgeSeconds = SIX_HOURS_SECONDS } =
      resource.asyncInvocation ?? {};
    const expiresAtMs = this.#options.clock.now().getTime() + maximumEventAgeSeconds * 1000;
    const event = { resource, payload, ...request, expiresAtMs, maximumRetryAttempts };
    const run = this.#run({ ...event, attempts: 0, throttles: 0, response: undefined });
    this.#queued += 1;
    void ownPromise(run, this.#options.onBug).then(() => {
      this.#queued -= 1;
    });
  }

  /** Gives up the events that wait for a retry. */
  close(): void {
    this.#closing.abort();
  }

  async #run(event: AsyncEvent): Promise<void> {
    const { clock } = this.#options;
    while (!this.#closing.signal.aborted) {
      const release = clock.hold();
      const delayMs = await this.#attempt(event).finally(release);
      if (delayMs === undefined) return;
      await sleep(clock, delayMs, this.#closing.signal);
    }
  }

  /** Returns the wait until the next try; undefined when the event is done with. */
  async #attempt(event: AsyncEvent): Promise<number | undefined> {
    const { resource, payload, requestId, traceHeader } = event;
    let delayMs: number;
    try {
      const response = await this.#options.host.invoke(resource.name, payload, {
        requestId,
        ...(traceHeader !== undefined && { traceHeader }),
      });
      event.response = response;
      event.attempts += 1;
      if (response.functionError === undefined) return this.#succeed(event);
      delayMs = event.attempts * RETRY_STEP_MS;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      // AWS: the event goes where those go that failed for good.
      if (error.name === 'RecursiveInvocationException') {
        return this.#giveUp(event, 'RetriesExhausted');
      }
      if (error.name !== 'TooManyRequestsException') return this.#drop(event, error.message);
      // AWS: throttles are retried for as long as the event may live, and are no attempts.
      delayMs = Math.min(2 ** event.throttles * 1000, LONGEST_BACKOFF_MS);
      event.throttles += 1;
    }
    const retryAtMs = this.#options.clock.now().getTime() + delayMs;
    if (event.attempts > event.maximumRetryAttempts) return this.#giveUp(event, 'RetriesExhausted');
    if (retryAtMs > event.expiresAtMs) return this.#giveUp(event, 'EventAgeExceeded');
    return delayMs;
  }

  async #succeed(event: AsyncEvent): Promise<undefined> {
    const { call, clock } = this.#options;
    const onSuccessArn = event.resource.asyncInvocation?.onSuccessArn;
    if (onSuccessArn === undefined) return undefined;
    try {
      await sendToDestination(call, onSuccessArn, { ...event, condition: 'Success' }, clock.now());
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const text = `The result of event ${event.requestId} of ${event.resource.name} is dropped`;
      this.#options.onDropped(`${text}: ${error.name}: ${error.message}`);
    }
    return undefined;
  }

  async #giveUp(event: AsyncEvent, condition: AsyncResult['condition']): Promise<undefined> {
    const { call, clock } = this.#options;
    const { deadLetterArn, asyncInvocation } = event.resource;
    const onFailureArn = asyncInvocation?.onFailureArn;
    const failure = { ...event, condition };
    if (onFailureArn === undefined && deadLetterArn === undefined) {
      return this.#drop(event, `${condition}, and the function has no on-failure destination`);
    }
    try {
      if (onFailureArn !== undefined) {
        await sendToDestination(call, onFailureArn, failure, clock.now());
      }
      if (deadLetterArn !== undefined) await sendToDeadLetters(call, deadLetterArn, failure);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return this.#drop(event, `${error.name}: ${error.message}`);
    }
    return undefined;
  }

  #drop({ resource, requestId }: AsyncEvent, reason: string): undefined {
    const text = `Event ${requestId} of ${resource.name} is dropped: ${reason}`;
    this.#options.onDropped(text);
    return undefined;
  }
}
