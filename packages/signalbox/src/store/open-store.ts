import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRegionName } from '../core/in-region.ts';
import type { Journal, JournalReader, OpenJournal } from '../core/journal.ts';
import { isJsonObject, parseJson } from '../core/json.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import { unkeptMaps } from '../core/kept-maps.ts';
import { UserError } from '../core/user-error.ts';
import { type Disk, diskFault, isDiskFault, localDisk, makeFolder, notWritten } from './disk.ts';
import { openJournal } from './journal.ts';
import { openKeptMaps } from './kept-maps.ts';
import { isAlive, own } from './owner.ts';

/** The place where what belongs to one Region is kept. */
export interface RegionStore {
  /** The folder of the histories. */
  readonly histories: string;
  /** Opens the journal of the tables; undefined where nothing outlives the process. */
  readonly openTables: OpenJournal | undefined;
  /** The same of log events; closed with the store. */
  readonly openLogs: OpenJournal | undefined;
  /** The same of the log of events. */
  readonly openEvents: OpenJournal | undefined;
  readonly disk: Disk;
}

/** The place where one rehearsal keeps what it was told: of all Regions, and of the app's own. */
export interface Store extends RegionStore {
  /** Opens the journal of the metrics; closed with the store. */
  readonly openMetrics: OpenJournal | undefined;
  /** The records of other services, of all Regions. */
  readonly maps: KeptMaps;
  /** The place of what belongs to another Region, which is made with the first record. */
  inRegion(region: string): RegionStore;
  /**
   * Says which Region is the app's own, to which all belongs that has no folder of a Region.
   * @throws {UserError} Where it was another when the store was made.
   */
  belongsTo(home: string): void;
  /** The other Regions that something is kept of. */
  readonly regions: readonly string[];
  /** The folder of embedded databases; undefined where nothing outlives the process. */
  readonly databases: string | undefined;
  close(): Promise<void>;
}

/** The directory of a store and who watches it. */
export interface StoreOptions {
  /** Keeps everything across restarts; undefined means that nothing outlives the process. */
  readonly storeDirectory: string | undefined;
  readonly say: (line: string) => void;
  /** The disk of this machine unless given. */
  readonly disk?: Disk | undefined;
}

/** The folder of the Regions that are not the app's own, with a folder for each. */
const REGIONS = 'regions';

/** The file in which a store says what it is. */
const MARK = 'store.json';

/** The layout of the folder that this version reads and writes. */
const FORMAT = 3;

/**
 * Opens the store in a directory, or a temporary one: histories live in files even where nobody keeps
 * them, since those of a thousand orders would fill the memory.
 * @throws {UserError} When another process owns it, another version wrote it, or it is damaged.
 */
export function openStore({ storeDirectory, say, disk = localDisk }: StoreOptions): Store {
  if (storeDirectory === undefined) return openTemporary(disk);
  makeFolder(storeDirectory);
  const disown = owning(storeDirectory);
  try {
    checkFormat(storeDirectory, disk);
    const maps = openKeptMaps({ file: join(storeDirectory, 'records.jsonl'), disk, say });
    const opened: Journal[] = [];
    const open = (file: string, reader: JournalReader): Journal =>
      openJournal({ file, disk, say, ...reader });
    const openAndClose = (file: string, reader: JournalReader): Journal => {
      const journal = open(file, reader);
      opened.push(journal);
      return journal;
    };
    const folderOf = (folder: string): RegionStore => ({
      histories: join(folder, 'histories'),
      openTables: (reader) => open(join(folder, 'tables.jsonl'), reader),
      openLogs: (reader) => openAndClose(join(folder, 'logs.jsonl'), reader),
      openEvents: (reader) => openAndClose(join(folder, 'events.jsonl'), reader),
      disk,
    });
    return {
      ...folderOf(storeDirectory),
      databases: join(storeDirectory, 'databases'),
      openMetrics: (reader) => openAndClose(join(storeDirectory, 'metrics.jsonl'), reader),
      maps,
      inRegion(region) {
        const folder = join(storeDirectory, REGIONS, region);
        makeFolder(folder);
        return folderOf(folder);
      },
      belongsTo: (home) => checkHome(storeDirectory, home, disk),
      regions: foldersIn(join(storeDirectory, REGIONS)),
      async close() {
        for (const journal of opened) await journal.close();
        await maps.close();
        disown();
      },
    };
  } catch (error) {
    disown();
    throw error;
  }
}

function foldersIn(folder: string): readonly string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder).filter(isRegionName).sort() : [];
}

function owning(folder: string): () => void {
  try {
    return own(folder);
  } catch (error) {
    if (!isDiskFault(error)) throw error;
    throw new UserError('invalid', `Cannot keep anything in ${folder}: ${diskFault(error)}`);
  }
}

/** What a store says of itself; undefined of the Region until one was opened. */
interface Mark {
  readonly format: number;
  readonly home: string | undefined;
}

function readMark(file: string): Mark | undefined {
  const written = parseJson(fs.readFileSync(file, 'utf8'));
  if (!isJsonObject(written)) return undefined;
  const { format, home, ...others } = written;
  const isKnown = format === FORMAT && Object.keys(others).length === 0;
  if (!isKnown || (home !== undefined && typeof home !== 'string')) return undefined;
  return { format, home };
}

function writeMark(file: string, mark: Mark, disk: Disk): void {
  try {
    disk.replace(file, `${JSON.stringify(mark)}\n`);
  } catch (error) {
    throw isDiskFault(error) ? new UserError('invalid', notWritten(file, error)) : error;
  }
}

function checkHome(folder: string, home: string, disk: Disk): void {
  const file = join(folder, MARK);
  const known = readMark(file)?.home;
  if (known === home) return;
  if (known === undefined) writeMark(file, { format: FORMAT, home }, disk);
  else throw otherHome(folder, known, home);
}

function otherHome(folder: string, known: string, home: string): UserError {
  return new UserError(
    'usage',
    `${folder}: what is kept here belongs to a stack in ${known}, not in ${home}: name ${known} first, as in --region ${known},${home}, or name another directory`,
  );
}

/** Reads which version wrote the store; a new one is marked with this one. */
function checkFormat(folder: string, disk: Disk): void {
  const file = join(folder, MARK);
  if (fs.existsSync(file)) {
    if (readMark(file) !== undefined) return;
    throw new UserError(
      'invalid',
      `${file}: this store is not of format ${FORMAT}, which this version of Signalbox reads: go on with the version that wrote it, or name another directory`,
    );
  }
  const others = fs.readdirSync(folder).filter((name) => name !== 'owner.pid');
  if (others.includes('histories') || others.includes('tables')) {
    throw new UserError(
      'invalid',
      `${folder}: this store is of format 1, of an earlier version of Signalbox: go on with that version, or name another directory`,
    );
  }
  if (others.length > 0) {
    throw new UserError(
      'invalid',
      `${folder} is no store, and not empty: name a directory for the store alone`,
    );
  }
  writeMark(file, { format: FORMAT, home: undefined }, disk);
}

function openTemporary(disk: Disk): Store {
  removeLeftOver();
  const histories = fs.mkdtempSync(join(tmpdir(), `signalbox-${process.pid}-`));
  return {
    histories,
    databases: undefined,
    openTables: undefined,
    openLogs: undefined,
    openMetrics: undefined,
    openEvents: undefined,
    maps: unkeptMaps,
    disk,
    inRegion: (region) => ({
      histories: join(histories, REGIONS, region),
      openTables: undefined,
      openLogs: undefined,
      openEvents: undefined,
      disk,
    }),
    // Nobody opens it again.
    belongsTo: () => undefined,
    regions: [],
    close: async () => fs.rmSync(histories, { recursive: true, force: true }),
  };
}

/** Removes what processes have left that were killed. */
function removeLeftOver(): void {
  for (const name of fs.readdirSync(tmpdir())) {
    const pid = /^signalbox-(\d+)-[A-Za-z0-9]{6}$/.exec(name)?.[1];
    if (pid === undefined || Number(pid) === process.pid || isAlive(Number(pid))) continue;
    try {
      fs.rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It belongs to somebody else, who removes it.
    }
  }
}
