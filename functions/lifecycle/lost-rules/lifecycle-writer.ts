import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { LifecycleConfiguration } from '../assessment/bucket-facts.ts';
import type { BucketLocation } from '../assessment/read-facts.ts';
import { backupKey, type WriteKind } from '../repair/backup.ts';
import type { ForeignWrite, LifecycleDecision } from '../repair/lifecycle-write.ts';
import { bucketLifecycle } from './bucket-lifecycle.ts';
import { createJournal } from './dynamodb-journal.ts';
import { exchangeLifecycle } from './lifecycle-exchange.ts';
import { bringBack, type KnownWrite } from './write-window.ts';

/** The result of writing a lifecycle. */
export type LifecycleWritten =
  | { readonly kind: 'written'; readonly backupKey: string; readonly readAtMs: number }
  | { readonly kind: 'left'; readonly why: string };

/** Writes one bucket's lifecycle, and loses no rule of another writer for good. */
export interface LifecycleWriter {
  /**
   * Replaces the lifecycle by what is decided on reading it, after backing it up. The rules that
   * somebody puts meanwhile are overtaken; `bringBack` puts them back.
   * @throws {BucketLockedError} While another writer of ours is at the bucket.
   * @throws {LifecycleContendedError} When it changed at every look.
   */
  replace(
    decide: (current: LifecycleConfiguration | undefined) => LifecycleDecision,
  ): Promise<LifecycleWritten>;
  /** Puts back what writes of ours may have overtaken of somebody's write; throws as `replace` does. */
  bringBack(theirs: ForeignWrite): Promise<LifecycleWritten>;
}

/** Opens the writer of one execution for one bucket. Run again, the same execution writes once. */
export function openLifecycleWriter(
  client: S3Client,
  place: BucketLocation,
  kind: WriteKind,
  executionArn: string,
): LifecycleWriter {
  const journal = createJournal(place, kind, Date.now);
  const store = bucketLifecycle(client, place);
  const writer = kind === 'repair' ? executionArn : `${executionArn} ${kind}`;
  const writeId = createHash('sha256').update(writer).digest('hex').slice(0, 16);

  const replace: LifecycleWriter['replace'] = async (decide) => {
    const exchanged = await exchangeLifecycle({ store, journal, writeId, nowMs: Date.now, decide });
    if (exchanged.kind === 'left') return exchanged;
    const { readAtMs } = exchanged.write;
    return { kind: 'written', backupKey: backupKey(place, exchanged.write), readAtMs };
  };

  return {
    replace,
    async bringBack(theirs) {
      const writes = await journal.writesAround(theirs.atMs);
      if (writes.length === 0) return { kind: 'left', why: 'nothing was overtaken' };
      let overtakenBy: readonly KnownWrite[] = [];
      const written = await replace((current) => {
        const back = bringBack(current, theirs, writes);
        overtakenBy = back.overtakenBy;
        return back.decision;
      });
      for (const one of overtakenBy) await journal.noteOvertaken(one, theirs);
      return written;
    },
  };
}
