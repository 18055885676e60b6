import type { Engine } from '../engine.ts';
import type { Note } from '../kept-level.ts';
import {
  type ItemVersion,
  type ReplicatedWrite,
  readVersion,
  readWrite,
  versionKey,
  versionNote,
  writeKey,
  writeNote,
} from './replicated-write.ts';

/** The writes that other Regions have yet to hear of, and when the items were written. */
export interface WaitingWrites {
  /** Takes a write that stands. */
  take(write: NumberedWrite): void;
  /** What is kept of a write, together with its item. */
  notesOf(write: NumberedWrite): readonly Note[];
  /** When an item was last written; undefined where that is so long ago that everybody has heard. */
  versionOf(tableName: string, keyText: string): string | undefined;
  /** The writes that a Region has to hear of, in their order. */
  waitingFor(target: string): readonly ReplicatedWrite[];
  /** The Regions that have to hear of any. */
  targets(): readonly string[];
  /** Whether any Region has to hear of writes of a table. */
  isWaiting(tableName: string): boolean;
  /** Forgets a write that its Region has. */
  delivered(write: ReplicatedWrite): Promise<void>;
  /** Forgets the writes of a table that a Region will never get. */
  drop(target: string, tableName: string): Promise<void>;
  /** Forgets all of a table that is gone, or replicated no more. */
  dropAll(tableName: string): Promise<void>;
  /** Forgets when the items of a table were written: everybody has heard of it. */
  forgetVersions(tableName: string): Promise<void>;
}

/** A write with its number, and with those who have to hear of it. */
export interface NumberedWrite extends ItemVersion {
  readonly writes: readonly ReplicatedWrite[];
}

/**
 * Opens the waiting writes of a Region, with those that are kept.
 * @param isKnown Notified of the number of each that is kept.
 */
export async function openWaitingWrites(
  engine: Pick<Engine, 'notes' | 'isKept'>,
  isKnown: (version: string) => void,
): Promise<WaitingWrites> {
  const { waiting, written } = restored(await engine.notes.notes(), isKnown);

  // Its line is written before it returns: what is noted later of the same items stays.
  async function forget(keys: readonly string[]): Promise<void> {
    if (engine.isKept && keys.length > 0) await engine.notes.forget(...keys);
  }

  async function drop(target: string, tableName: string): Promise<void> {
    const list = waiting.get(target) ?? [];
    const [gone, others] = [list.filter(isOfIt), list.filter((write) => !isOfIt(write))];
    function isOfIt(write: ReplicatedWrite): boolean {
      return write.tableName === tableName;
    }
    waiting.set(target, others);
    await forget(gone.map(writeKey));
  }

  async function forgetVersions(tableName: string): Promise<void> {
    const keys = [...(written.get(tableName)?.keys() ?? [])];
    written.delete(tableName);
    await forget(keys.map((keyText) => versionKey(tableName, keyText)));
  }

  return {
    take({ writes, ...version }) {
      setVersion(written, version);
      for (const write of writes) listOf(waiting, write.target).push(write);
    },
    notesOf: ({ tableName, keyText, version, writes }) =>
      engine.isKept ? [versionNote(tableName, keyText, version), ...writes.map(writeNote)] : [],
    versionOf: (tableName, keyText) => written.get(tableName)?.get(keyText),
    waitingFor: (target) => waiting.get(target) ?? [],
    targets: () => [...waiting].flatMap(([target, { length }]) => (length > 0 ? [target] : [])),
    isWaiting: (tableName) =>
      [...waiting.values()].some((list) => list.some((write) => write.tableName === tableName)),
    async delivered(write) {
      const list = waiting.get(write.target);
      // Its table may have left meanwhile: then it is dropped, and the first is another's.
      if (list?.[0] !== write) return;
      list.shift();
      await forget([writeKey(write)]);
    },
    drop,
    async dropAll(tableName) {
      for (const target of waiting.keys()) await drop(target, tableName);
      await forgetVersions(tableName);
    },
    forgetVersions,
  };
}

type Waiting = Map<string, ReplicatedWrite[]>;
type Written = Map<string, Map<string, string>>;

function restored(notes: readonly Note[], isKnown: (version: string) => void) {
  const waiting: Waiting = new Map();
  const written: Written = new Map();
  for (const note of notes) {
    const write = readWrite(note);
    const version = readVersion(note);
    if (write !== undefined) listOf(waiting, write.target).push(write);
    if (version !== undefined) setVersion(written, version);
    const known = write ?? version;
    if (known !== undefined) isKnown(known.version);
  }
  for (const list of waiting.values()) {
    list.sort((one, other) => (one.version < other.version ? -1 : 1));
  }
  return { waiting, written };
}

function listOf(waiting: Waiting, target: string): ReplicatedWrite[] {
  const list = waiting.get(target) ?? [];
  waiting.set(target, list);
  return list;
}

function setVersion(written: Written, { tableName, keyText, version }: ItemVersion): void {
  const ofTable = written.get(tableName) ?? new Map<string, string>();
  written.set(tableName, ofTable.set(keyText, version));
}
