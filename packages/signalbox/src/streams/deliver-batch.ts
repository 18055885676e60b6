import { type Clock, sleep } from '../core/clock.ts';
import type { StreamEvent } from './stream-event.ts';
import type { HandedOver, StreamReader } from './stream-reader.ts';

/** AWS backs off exponentially, and does not say how. */
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;

/** DynamoDB forgets a record after a day. */
const RETENTION_SECONDS = 24 * 3600;

/** The clock of a delivery, which is held while the batch is in hand, and what stops it. */
export interface DeliveryOptions {
  readonly shardId: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Lets time go on while it waits for a next try. */
  pausing(pause: () => Promise<void>): Promise<void>;
}

/** A batch on its way. */
interface Part {
  readonly batch: readonly StreamEvent[];
  /** How often it was handed over again. */
  readonly retries: number;
  readonly attempts: number;
}

/**
 * Hands a batch over until it is done or given up (Lambda Developer Guide, "Using Lambda with DynamoDB").
 * The order of a stream is kept: nothing after the batch begins before.
 * @returns False where the signal stopped it before.
 * @throws {AwsError} When the reader itself is wrong.
 */
export async function deliverBatch(
  reader: StreamReader,
  batch: readonly StreamEvent[],
  options: DeliveryOptions,
): Promise<boolean> {
  const { signal } = options;
  const parts: Part[] = [{ batch, retries: 0, attempts: 0 }];
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    if (signal.aborted) return false;
    const fresh = await withoutOld(reader, part, options);
    if (fresh.length === 0) continue;
    const tried: Part = { ...part, batch: fresh, attempts: part.attempts + 1 };
    const handed = await reader.hand(fresh);
    if (handed.kind === 'done') continue;
    const next = nextParts(reader, tried, handed);
    parts.unshift(...next.parts);
    if (next.parts.length === 0) await giveUp(reader, tried, handed, options);
    if (next.waits) await waitForNext(reader, part, options);
  }
  return true;
}

/** Gives up what is too old, and returns the rest. */
async function withoutOld(
  { settings, giveUp }: StreamReader,
  { batch, attempts }: Part,
  { clock, shardId }: DeliveryOptions,
): Promise<readonly StreamEvent[]> {
  const { fresh, old } = byAge(batch, settings.maximumRecordAgeSeconds, clock.now().getTime());
  const condition = 'RecordAgeExceeded';
  const given = { condition, batch: old, shardId, attempts, functionError: undefined } as const;
  if (old.length > 0) await giveUp(given);
  return fresh;
}

async function giveUp(
  reader: StreamReader,
  { batch, attempts }: Part,
  handed: HandedOver,
  { shardId }: DeliveryOptions,
): Promise<void> {
  const functionError = handed.kind === 'failed' ? handed.functionError : undefined;
  const condition = 'RetryAttemptsExhausted';
  await reader.giveUp({ condition, batch, shardId, attempts, functionError });
}

async function waitForNext(
  { settings }: StreamReader,
  { retries }: Part,
  { clock, signal, pausing }: DeliveryOptions,
): Promise<void> {
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** retries, LONGEST_DELAY_MS);
  // Tries that nothing ends are nobody's work: time does not skip for them.
  const background = settings.maximumRetryAttempts < 0 && settings.maximumRecordAgeSeconds < 0;
  await pausing(() => sleep(clock, delayMs, signal, { background }));
}

/** What is left to do of a batch that failed; nothing where its tries are over. */
function nextParts(
  { settings }: StreamReader,
  part: Part,
  handed: Exclude<HandedOver, { kind: 'done' }>,
): { readonly parts: readonly Part[]; readonly waits: boolean } {
  const { batch, retries, attempts } = part;
  if (handed.kind === 'throttled') return { parts: [part], waits: true };
  const from = batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === handed.from);
  // What the function has done is done; the rest is a batch of its own.
  if (from > 0) {
    return { parts: [{ batch: batch.slice(from), retries: 0, attempts: 0 }], waits: true };
  }
  // AWS: a split is no retry.
  if (settings.bisectsBatches && batch.length > 1) {
    const middle = Math.ceil(batch.length / 2);
    const halves = [batch.slice(0, middle), batch.slice(middle)];
    return { parts: halves.map((half) => ({ batch: half, retries, attempts })), waits: false };
  }
  const { maximumRetryAttempts } = settings;
  if (maximumRetryAttempts >= 0 && retries >= maximumRetryAttempts)
    return { parts: [], waits: false };
  return { parts: [{ ...part, retries: retries + 1 }], waits: true };
}

function byAge(batch: readonly StreamEvent[], maximumAgeSeconds: number, nowMs: number) {
  const seconds = maximumAgeSeconds < 0 ? RETENTION_SECONDS : maximumAgeSeconds;
  const isOld = ({ dynamodb }: StreamEvent) =>
    dynamodb.ApproximateCreationDateTime + seconds < Math.floor(nowMs / 1000);
  return { fresh: batch.filter((event) => !isOld(event)), old: batch.filter(isOld) };
}
