import { type InferOutput, nullable, number, object, optional, picklist, string } from 'valibot';
import { ConfigurationSchema } from '../assessment/rule-schema.ts';
import type { LifecycleWrite } from './lifecycle-write.ts';

/** A backup: the lifecycle that a write of ours replaced, and what was put in its place. */
export const BackupSchema = object({
  version: optional(number(), 1),
  accountId: string(),
  bucket: string(),
  region: string(),
  writeId: string(),
  /** The kind of the write: a restore takes back repairs alone. */
  kind: optional(picklist(['repair', 'restore', 'merge']), 'repair'),
  /** ISO 8601. */
  readAt: string(),
  /** Null where the bucket had none. */
  base: nullable(ConfigurationSchema),
  /** Null where the lifecycle was deleted. */
  written: nullable(ConfigurationSchema),
});

/** A backup. */
export type Backup = InferOutput<typeof BackupSchema>;

/** The kinds of our writes. */
export type WriteKind = Backup['kind'];

interface Place {
  readonly accountId: string;
  readonly bucket: string;
  readonly region: string;
}

/** The folder of a bucket's backups in the reports' bucket: the newest has the last key. */
export function backupPrefix({ accountId, bucket }: Pick<Place, 'accountId' | 'bucket'>): string {
  return `lifecycle-backups/${accountId}/${bucket}/`;
}

/** The key of a backup. */
export function backupKey(place: Place, { readAtMs, writeId }: LifecycleWrite): string {
  const time = new Date(readAtMs).toISOString().replaceAll(':', '-');
  return `${backupPrefix(place)}${time}-${writeId}.json`;
}

/** Makes a backup of a write that is about to come. */
export function backupOf(place: Place, write: LifecycleWrite, kind: WriteKind): Backup {
  const { writeId, readAtMs, base, written } = write;
  return {
    version: 1,
    ...place,
    writeId,
    kind,
    readAt: new Date(readAtMs).toISOString(),
    base: base ?? null,
    written: written ?? null,
  };
}
