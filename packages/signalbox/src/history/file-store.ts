import path from 'node:path';
import type { Problem } from '../core/result.ts';
import { type Disk, localDisk, makeFolder } from '../store/disk.ts';
import { openDefinitions } from './file-store-definitions.ts';
import { createEnded } from './file-store-ended.ts';
import { FileEntry } from './file-store-entry.ts';
import { openIndex } from './file-store-index.ts';
import { readIndex } from './file-store-index-lines.ts';
import { eventLine, headerLine } from './file-store-lines.ts';
import { type LoadedHistories, loadHistories } from './file-store-load.ts';
import { dataOf, readEvents } from './file-store-read.ts';
import { openSegments } from './file-store-segments.ts';
import type { HistoryStore } from './store.ts';
import { createStoreIndex, openExecution, type StoreIndex } from './store-index.ts';

/** A store in a folder, and what of it could not be read. */
export interface OpenedFileStore {
  readonly store: HistoryStore;
  readonly problems: readonly Problem[];
}

/** The disk of a store, and who hears of its faults. */
export interface FileStoreOptions {
  /** That of this machine unless given. */
  readonly disk?: Disk;
  /** Takes remarks for the person who watches. */
  readonly say?: (line: string) => void;
  /** The number of executions that are kept after their end; 100,000 unless given. */
  readonly keptExecutions?: number | undefined;
}

const KEPT_EXECUTIONS = 100_000;

/**
 * Opens a folder of histories, making it where there is none: the events of all executions one after
 * the other, and an index of those that have ended, whose data is read when somebody asks.
 */
export function openFileStore(folder: string, options: FileStoreOptions = {}): OpenedFileStore {
  const { disk = localDisk, say = () => {}, keptExecutions = KEPT_EXECUTIONS } = options;
  makeFolder(folder);
  const definitions = openDefinitions(path.join(folder, 'definitions'), disk);
  const table = createStoreIndex<FileEntry>();
  const file = path.join(folder, 'index.jsonl');
  const found = readIndex(file);
  const data = dataOf(definitions, () => segments);
  const loaded = loadHistories(folder, found, definitions, data);
  const problems = [...loaded.problems, ...addAll(table, loaded)];
  const { last } = loaded;
  const isWhole = problems.every(({ message }) => !message.startsWith('Left out'));
  const from = { found, segment: last.segment, isWhole };
  const index = openIndex({ file, disk, say, ...from, entries: table.all });
  const hooks = { onFlush: index.flush, onNext: index.checkpoint };
  const segments = openSegments({ folder, disk, say, last, ...hooks });
  const ended = createEnded({ table, index, segments, keptExecutions });
  for (const entry of table.all()) ended.load(entry);
  index.flush();
  let { lastNumber } = loaded;

  const store: HistoryStore = {
    create(header) {
      if (table.find(header.executionArn) !== undefined) {
        throw new RangeError(`Cannot open a history twice: ${header.executionArn}`);
      }
      const { definition, ...rest } = header;
      const definitionSha256 = definitions.write(definition);
      const number = lastNumber + 1;
      const entry = new FileEntry(number, openExecution(header), definitionSha256, data);
      segments.append(headerLine(number, { ...rest, definitionSha256 }), (place) =>
        ended.place(entry, place),
      );
      try {
        segments.flush();
      } catch (error) {
        segments.takeBack();
        throw error;
      }
      lastNumber = number;
      table.add(header.executionArn, header.stateMachineArn, entry);
    },
    append(executionArn, event) {
      const entry = table.get(executionArn);
      const state = 'group' in entry.state ? ended.reopen(entry) : entry.state;
      state.expect(event);
      entry.waiting.push(event);
      state.take(event);
      segments.append(eventLine(entry.number, event), (place) => {
        entry.waiting.shift();
        ended.place(entry, place);
        if (entry.waiting.length === 0) ended.fold(entry);
      });
    },
    catchUp: segments.flush,
    find: table.find,
    executionsOf: table.ofMachine,
    executions: table.all,
    events: (executionArn, firstId, count) =>
      readEvents(segments, table.get(executionArn), firstId, count),
    async close() {
      await segments.close();
      index.close();
    },
  };
  return { store, problems };
}

/** Adds what was loaded; returns what is there twice. */
function addAll(table: StoreIndex<FileEntry>, { entries }: LoadedHistories): readonly Problem[] {
  return entries.flatMap((entry) => {
    const { executionArn, stateMachineArn } = entry.ids;
    if (table.find(executionArn) !== undefined) {
      return [{ message: `Left out an execution: ${executionArn} is there twice` }];
    }
    table.add(executionArn, stateMachineArn, entry);
    return [];
  });
}
