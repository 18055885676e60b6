import type { Journal, OpenJournal } from '../../core/journal.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { LevelChange, LevelDatabase } from './dynalite.ts';

/** The changes of dynalite's database, each kept before it is made. */
export interface KeptLevel {
  /**
   * Collects the changes of items during a run, and makes them all at once when it has ended, with the
   * notes that belong to them.
   */
  together<T>(run: () => Promise<T>, notesOf: (result: T) => readonly Note[]): Promise<T>;
  /** The notes that are there. */
  notes(): Promise<readonly Note[]>;
  /** Forgets notes, all at once. */
  forget(...noteKeys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** A note beside the items, such as that a transaction was made. */
export interface Note {
  readonly key: string;
  readonly value: JsonObject;
}

const NOTE = 'note~';

/**
 * Puts a journal before a database in memory: what is changed at once is one line of it, so that
 * after a kill all of it is there or nothing.
 */
export async function keepLevel(
  db: LevelDatabase,
  openJournal: OpenJournal | undefined,
): Promise<KeptLevel> {
  const makeAll = db.batch.bind(db);
  const kept = openJournal && (await load(openJournal, makeAll));
  let collected: LevelChange[] | undefined;

  function change(changes: readonly LevelChange[], done: (error?: unknown) => void): void {
    if (collected !== undefined && changes.every(isOfItem)) {
      collected.push(...changes);
      setImmediate(done);
      return;
    }
    try {
      kept?.append(changes);
    } catch (error) {
      setImmediate(done, error);
      return;
    }
    makeAll(changes, done);
  }
  db.put = (key, value, done) => change([{ type: 'put', key, value }], done);
  db.del = (key, done) => change([{ type: 'del', key }], done);
  db.batch = change;

  return {
    async together(run, notesOf) {
      const changes: LevelChange[] = [];
      collected = changes;
      try {
        const result = await run();
        collected = undefined;
        for (const { key, value } of notesOf(result)) {
          changes.push({ type: 'put', key: NOTE + key, value });
        }
        if (changes.length > 0) await promised((done) => change(changes, done));
        return result;
      } finally {
        collected = undefined;
      }
    },
    notes: async () => kept?.notes() ?? [],
    forget: (...keys) =>
      promised((done) =>
        change(
          keys.map((key) => ({ type: 'del', key: NOTE + key })),
          done,
        ),
      ),
    close: async () => kept?.close(),
  };
}

/** Tables themselves are made beside transactions. */
function isOfItem({ key }: LevelChange): boolean {
  return key.startsWith('item-') || key.startsWith('index-');
}

interface KeptChanges {
  append(changes: readonly LevelChange[]): void;
  notes(): readonly Note[];
  close(): Promise<void>;
}

async function load(
  openJournal: OpenJournal,
  makeAll: LevelDatabase['batch'],
): Promise<KeptChanges> {
  const values = new Map<string, Json>();
  const apply = (changes: readonly LevelChange[]): void => {
    for (const change of changes) {
      if (change.type === 'put') values.set(change.key, change.value);
      else values.delete(change.key);
    }
  };
  const puts = (): readonly LevelChange[] =>
    [...values].map(([key, value]) => ({ type: 'put', key, value }));
  const journal: Journal = openJournal({
    take: (line) => apply(readChanges(line)),
    snapshot: () => puts().map((put) => JSON.stringify([put])),
  });
  if (values.size > 0) await promised((done) => makeAll(puts(), done));
  return {
    append(changes) {
      journal.append(JSON.stringify(changes));
      apply(changes);
    },
    notes: () =>
      [...values].flatMap(([key, value]) =>
        key.startsWith(NOTE) && isJsonObject(value) ? [{ key: key.slice(NOTE.length), value }] : [],
      ),
    close: journal.close,
  };
}

function readChanges(line: string): readonly LevelChange[] {
  const changes: unknown = JSON.parse(line);
  if (Array.isArray(changes) && changes.every(isChange)) return changes;
  throw new SyntaxError('Cannot read changes of tables');
}

function isChange(value: unknown): value is LevelChange {
  if (typeof value !== 'object' || value === null) return false;
  if (!('type' in value && 'key' in value) || typeof value.key !== 'string') return false;
  return value.type === 'del' || (value.type === 'put' && 'value' in value);
}

function promised(start: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}
