import { database, type ItemChange } from '../dynalite.ts';
import { type Engine, keyIn } from '../engine.ts';
import type { Note } from '../kept-level.ts';
import { changesNothing, plainItem } from '../streams/stream-record.ts';
import type { ItemVersion } from './replicated-write.ts';
import type { VersionCounter } from './version-counter.ts';
import { type NumberedWrite, openWaitingWrites, type WaitingWrites } from './waiting-writes.ts';

/** What a Region's replicas have written and others have yet to hear of. */
export interface ReplicationLog extends Omit<WaitingWrites, 'take' | 'notesOf'> {
  /** The engine's, which keeps with each write of a global table who has to hear of it. */
  readonly together: Engine['together'];
  /** Runs the write of an item as one that came from elsewhere at that version: nobody has to hear of it. */
  applying<T>(version: ItemVersion, run: () => Promise<T>): Promise<T>;
}

/** The tables that are replicated, and how writes are numbered. */
export interface ReplicationLogOptions {
  readonly engine: Engine;
  readonly nowMs: () => number;
  readonly versions: VersionCounter;
  /** The other Regions that have a replica of a table; none where it is not global. */
  readonly peersOf: (tableName: string) => readonly string[];
  /** Notified of Regions that have something to hear of. */
  readonly onWrite: (targets: readonly string[]) => void;
}

/** Opens the log of a Region's replicas, with what is kept of it. */
export async function openReplicationLog(options: ReplicationLogOptions): Promise<ReplicationLog> {
  const { engine, versions, onWrite } = options;
  const { take, notesOf, ...waiting } = await openWaitingWrites(engine, versions.isPast);
  let applied: ItemVersion | undefined;

  async function together<T>(
    run: () => Promise<T>,
    otherNotesOf?: (result: T, changes: readonly ItemChange[]) => readonly Note[],
  ): Promise<T> {
    let made: readonly NumberedWrite[] = [];
    const result = await engine.together(run, (value, changes) => {
      made =
        applied === undefined
          ? changes.flatMap((change) => numbered(change, options))
          : [{ ...applied, writes: [] }];
      return [...(otherNotesOf?.(value, changes) ?? []), ...made.flatMap(notesOf)];
    });
    made.forEach(take);
    const targets = new Set(made.flatMap(({ writes }) => writes.map(({ target }) => target)));
    if (targets.size > 0) onWrite([...targets]);
    return result;
  }

  return {
    ...waiting,
    together,
    async applying({ tableName, keyText, version }, run) {
      applied = { tableName, keyText, version };
      try {
        return await run();
      } finally {
        applied = undefined;
      }
    },
  };
}

/** Numbers a change that others have to hear of. */
function numbered(
  change: ItemChange,
  { nowMs, versions, peersOf }: ReplicationLogOptions,
): readonly NumberedWrite[] {
  const { table, before, after } = change;
  const { TableName: tableName } = table;
  const peers = peersOf(tableName);
  if (peers.length === 0 || changesNothing(change)) return [];
  const key = keyIn(table, after ?? before ?? {});
  const version = { tableName, keyText: database.createKey(key, table), version: versions.next() };
  const written = { key: plainItem(key), item: after && plainItem(after), writtenMs: nowMs() };
  return [{ ...version, writes: peers.map((target) => ({ ...version, ...written, target })) }];
}
