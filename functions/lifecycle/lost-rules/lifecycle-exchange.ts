import type { LifecycleConfiguration } from '../assessment/bucket-facts.ts';
import { isSameLifecycle } from '../assessment/same-rules.ts';
import type { LifecycleDecision, LifecycleWrite } from '../repair/lifecycle-write.ts';
import { isMadeFrom } from './made-from.ts';

/** A bucket's lifecycle in S3; undefined where it has none. */
export interface LifecycleStore {
  read(): Promise<LifecycleConfiguration | undefined>;
  /** Replaces the whole lifecycle, or deletes it. */
  write(configuration: LifecycleConfiguration | undefined): Promise<void>;
}

/** A write that was opened before, by the same id. */
export interface EarlierWrite extends LifecycleWrite {
  /** Unix milliseconds; undefined where its end was never noted, so that it may not have come. */
  readonly writtenAtMs: number | undefined;
}

/** The journal of our writes, from which the rules that they replaced can be brought back. */
export interface RepairJournal {
  /** Keeps every other writer of ours out. @throws {BucketLockedError} While another one is in. */
  lock(holder: string): Promise<void>;
  unlock(holder: string): Promise<void>;
  /** Backs up what is replaced, and opens the window in which others may be overtaken. */
  open(write: LifecycleWrite): Promise<void>;
  /** Ends the window, in Unix milliseconds. */
  close(write: LifecycleWrite, writtenAtMs: number): Promise<void>;
  /** Takes back a write that never came. */
  abandon(write: LifecycleWrite): Promise<void>;
  /** The writes that were opened by an id before, of which some may not have come. */
  earlier(writeId: string): Promise<readonly EarlierWrite[]>;
}

/** Another writer of ours is at the bucket just now. */
export class BucketLockedError extends Error {
  override readonly name = 'BucketLockedError';
}

/** Others changed the lifecycle again and again while it was to be written. */
export class LifecycleContendedError extends Error {
  override readonly name = 'LifecycleContendedError';
}

/** The result of an exchange. */
export type Exchanged =
  | { readonly kind: 'written'; readonly write: LifecycleWrite }
  | { readonly kind: 'left'; readonly why: string };

interface Exchange {
  readonly store: LifecycleStore;
  readonly journal: RepairJournal;
  readonly writeId: string;
  readonly nowMs: () => number;
  readonly decide: (current: LifecycleConfiguration | undefined) => LifecycleDecision;
}

const MAX_ROUNDS = 4;

/**
 * Replaces a lifecycle by what is decided on reading it. S3 has no conditional PUT: so it is read again
 * just before it is written, and decided anew where it changed. What somebody puts between that read
 * and our write is overtaken, and brought back by the window that stays in the journal. Asked once more
 * by the same id, as when a response was lost, it knows what it wrote, and returns that.
 * @throws {BucketLockedError} While another writer of ours is at the bucket.
 * @throws {LifecycleContendedError} When it changed at every look.
 */
export async function exchangeLifecycle(exchange: Exchange): Promise<Exchanged> {
  const { journal, writeId } = exchange;
  await journal.lock(writeId);
  try {
    return await exchangeLocked(exchange);
  } finally {
    await journal.unlock(writeId);
  }
}

async function exchangeLocked({
  store,
  journal,
  writeId,
  nowMs,
  decide,
}: Exchange): Promise<Exchanged> {
  let readAtMs = nowMs();
  let base = await store.read();
  const before = (await journal.earlier(writeId)).find((one) => hasCome(one, base));
  if (before !== undefined) return { kind: 'written', write: before };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const decision = decide(base);
    if (decision.kind === 'leave') return { kind: 'left', why: decision.why };
    const write = { writeId, readAtMs, base, written: decision.configuration };
    await journal.open(write);
    const nextReadAtMs = nowMs();
    const again = await store.read();
    if (isSameLifecycle(base, again)) {
      await store.write(decision.configuration);
      await journal.close(write, nowMs());
      return { kind: 'written', write };
    }
    await journal.abandon(write);
    [readAtMs, base] = [nextReadAtMs, again];
  }
  throw new LifecycleContendedError(
    `The lifecycle changed ${MAX_ROUNDS} times while being written`,
  );
}

/** A write whose end was noted has come; any other has, where the lifecycle holds what it changed. */
function hasCome(write: EarlierWrite, current: LifecycleConfiguration | undefined): boolean {
  if (write.writtenAtMs !== undefined) return true;
  if (isMadeFrom(write, current?.rules ?? [])) return true;
  return isSameLifecycle(current, write.written) && !isSameLifecycle(current, write.base);
}
