import fs from 'node:fs';
import path from 'node:path';
import { ownPayload } from '../core/json.ts';
import type { Problem } from '../core/result.ts';
import { type Disk, localDisk, makeFolder } from '../store/disk.ts';
import { type Definitions, openDefinitions } from './file-store-definitions.ts';
import { MEND_OR_REMOVE, readHistoryFile, type StoredHeader } from './file-store-reader.ts';
import { createHistoryFileWriter, type HistoryFile } from './file-store-writer.ts';
import type { HistoryEvent } from './history-event.ts';
import type { HistoryStore } from './store.ts';
import { createStoreIndex, type IndexEntry, type StoreIndex } from './store-index.ts';

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
}

/**
 * Opens a folder of histories, making it where there is none: one file of JSON lines per execution,
 * the header first. A line that was half-written when the process died is cut off and reported.
 */
export function openFileStore(
  folder: string,
  { disk = localDisk, say = () => {} }: FileStoreOptions = {},
): OpenedFileStore {
  makeFolder(folder);
  const definitions = openDefinitions(path.join(folder, 'definitions'), disk);
  const writer = createHistoryFileWriter(disk, say);
  const executions = path.join(folder, 'executions');
  makeFolder(executions);
  const index = createStoreIndex<HistoryFile>();
  const files = fs.readdirSync(executions).filter((name) => /^\d+\.jsonl$/.test(name));
  files.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  const problems = files.flatMap((name) => load(path.join(executions, name), index, definitions));
  let lastNumber = Number.parseInt(files.at(-1) ?? '0', 10);
  const store: HistoryStore = {
    create(header) {
      if (index.find(header.executionArn) !== undefined) {
        throw new RangeError(`Cannot open a history twice: ${header.executionArn}`);
      }
      lastNumber += 1;
      const file = path.join(executions, `${String(lastNumber).padStart(8, '0')}.jsonl`);
      const { definition, ...rest } = header;
      const stored: StoredHeader = { ...rest, definitionSha256: definitions.write(definition) };
      index.add(header, writer.create(file, stored));
    },
    append(executionArn, event) {
      const entry = index.get(executionArn);
      entry.expect(event);
      writer.append(entry.kept, event);
      entry.take(event);
    },
    catchUp: writer.catchUp,
    find: index.find,
    executionsOf: index.ofMachine,
    executions: index.all,
    events: (executionArn, firstId, count) => readEvents(index.get(executionArn), firstId, count),
  };
  return { store, problems };
}

function readEvents(
  { kept, eventCount }: IndexEntry<HistoryFile>,
  firstId: number,
  count: number,
): readonly HistoryEvent[] {
  const written = eventCount - kept.waiting.length;
  const inFile = readWritten(kept, firstId, Math.min(count, written - firstId + 1));
  const from = Math.max(0, firstId - 1 - written);
  return [...inFile, ...kept.waiting.slice(from, from + count - inFile.length)];
}

function readWritten(
  { file, offsets }: HistoryFile,
  firstId: number,
  count: number,
): readonly HistoryEvent[] {
  const start = offsets[firstId - 1];
  const end = offsets[firstId - 1 + count];
  if (start === undefined || end === undefined || end <= start) return [];
  const bytes = Buffer.alloc(end - start);
  const descriptor = fs.openSync(file, 'r');
  try {
    fs.readSync(descriptor, bytes, 0, bytes.length, start);
  } finally {
    fs.closeSync(descriptor);
  }
  const lines = bytes.toString('utf8').trimEnd().split('\n');
  return lines.map(readEvent);
}

function readEvent(line: string): HistoryEvent {
  const value: unknown = ownPayload(line);
  if (isEvent(value)) return value;
  throw new SyntaxError(`Cannot read a line of a history: ${line.slice(0, 80)}`);
}

/** Lines are checked when their file is opened. */
function isEvent(value: unknown): value is HistoryEvent {
  return typeof value === 'object' && value !== null && 'type' in value && 'id' in value;
}

/** Reads a file into the index; returns what is wrong with it. */
function load(
  file: string,
  index: StoreIndex<HistoryFile>,
  definitions: Definitions,
): readonly Problem[] {
  fs.chmodSync(file, 0o600);
  const { header, events, offsets, problems } = readHistoryFile(file);
  if (header === undefined) return problems;
  const { definitionSha256, ...rest } = header;
  const leftOut = (why: string): readonly Problem[] => [
    ...problems,
    { file, line: 1, message: `Left out an execution: ${why}` },
  ];
  const definition = definitions.read(definitionSha256);
  if (definition === undefined) {
    const name = `definitions/${definitionSha256}.json`;
    return leftOut(`its definition ${name} is missing or damaged: put a copy of it in its place`);
  }
  if (index.find(header.executionArn) !== undefined) {
    return leftOut(`another file has ${header.executionArn} already: ${MEND_OR_REMOVE}`);
  }
  const entry = index.add({ ...rest, definition }, { file, offsets, waiting: [] });
  for (const event of events) {
    entry.expect(event);
    entry.take(event);
  }
  return problems;
}
