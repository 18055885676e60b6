import { AwsError } from './aws-error.ts';
import type { OnBug } from './bugs/own-promise.ts';
import { onAbort } from './on-abort.ts';

/** Something that polls in the background. */
export interface Polling {
  /** Polls no more, and resolves when what is under way is done. */
  stop(): Promise<void>;
}

/** Who polls, and who hears of what fails. */
export interface PollingOptions {
  /** Such as `Pipe ShipOrders`. */
  readonly name: string;
  /** How many polls go on at the same time; 1 unless said. */
  readonly concurrency?: number;
  /** Notified when a poll fails, such as for want of a permission; each reason once. */
  readonly onProblem: (text: string) => void;
  readonly onBug: OnBug;
}

/** Real milliseconds: a timer on a skipping clock would be over at once, again and again. */
const RETRY_DELAY_MS = 1000;

/**
 * Polls again and again until it is stopped. After a poll that failed it waits and goes on.
 * AWS: a poller whose source is gone tries again until it is there.
 * @param poll Waits for something to do and does it; returns early when the signal aborts.
 */
export function keepPolling(
  poll: (signal: AbortSignal) => Promise<void>,
  { name, concurrency = 1, onProblem, onBug }: PollingOptions,
): Polling {
  const stopping = new AbortController();
  const { signal } = stopping;
  const reported = new Set<string>();

  function report(error: AwsError): void {
    const reason = `${error.name}: ${error.message}`;
    if (reported.has(reason)) return;
    reported.add(reason);
    onProblem(`${name} fails: ${reason}`);
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await poll(signal);
      } catch (error) {
        if (error instanceof AwsError) report(error);
        else onBug(error);
        await pause(signal);
      }
    }
  }

  const loops = Array.from({ length: concurrency }, run);
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function pause(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(finish, RETRY_DELAY_MS).unref();
    const forget = onAbort(signal, finish);
    function finish(): void {
      clearTimeout(timer);
      forget();
      resolve();
    }
  });
}
