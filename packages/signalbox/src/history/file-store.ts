import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Problem } from '../core/result.ts';
import { readHistoryFile, type StoredHeader } from './file-store-reader.ts';
import type { HistoryEvent } from './history-event.ts';
import type { HistoryStore } from './store.ts';
import { createStoreIndex, type IndexEntry, type StoreIndex } from './store-index.ts';

/** An execution's file, and the offsets of its lines. */
interface HistoryFile {
  readonly file: string;
  /** The offset in bytes of each event's line, and at last of the next one. */
  readonly offsets: number[];
}

/** A store in a folder, and what of it could not be read. */
export interface OpenedFileStore {
  readonly store: HistoryStore;
  readonly problems: readonly Problem[];
}

/**
 * Opens a folder of histories, making it where there is none: one file of JSON lines per execution,
 * the header first. A line that was half-written when the process died is cut off and reported.
 */
export function openFileStore(folder: string): OpenedFileStore {
  const definitions = openDefinitions(path.join(folder, 'definitions'));
  const executions = path.join(folder, 'executions');
  fs.mkdirSync(executions, { recursive: true });
  const index = createStoreIndex<HistoryFile>();
  const problems: Problem[] = [];
  const files = fs.readdirSync(executions).filter((name) => /^\d+\.jsonl$/.test(name));
  files.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  for (const name of files) {
    const file = path.join(executions, name);
    problems.push(...load(file, index, definitions.read).map((message) => ({ file, message })));
  }
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
      const end = appendLine(file, 0, stored);
      index.add(header, { file, offsets: [end] });
    },
    append(executionArn, event) {
      const entry = index.get(executionArn);
      entry.expect(event);
      const { file, offsets } = entry.kept;
      offsets.push(appendLine(file, offsets.at(-1) ?? 0, event));
      entry.take(event);
    },
    find: index.find,
    executionsOf: index.ofMachine,
    executions: index.all,
    events: (executionArn, firstId, count) => readEvents(index.get(executionArn), firstId, count),
  };
  return { store, problems };
}

/** Appends one line and returns where the next one begins. */
function appendLine(file: string, offset: number, value: object): number {
  const line = Buffer.from(`${JSON.stringify(value)}\n`);
  fs.appendFileSync(file, line);
  return offset + line.length;
}

function readEvents(
  { kept: { file, offsets }, eventCount }: IndexEntry<HistoryFile>,
  firstId: number,
  count: number,
): readonly HistoryEvent[] {
  const start = offsets[firstId - 1];
  const end = offsets[Math.min(firstId - 1 + count, eventCount)];
  if (start === undefined || end === undefined || end <= start) return [];
  const bytes = Buffer.alloc(end - start);
  const descriptor = fs.openSync(file, 'r');
  try {
    fs.readSync(descriptor, bytes, 0, bytes.length, start);
  } finally {
    fs.closeSync(descriptor);
  }
  const lines = bytes.toString('utf8').trimEnd().split('\n');
  return lines.map((line): HistoryEvent => JSON.parse(line));
}

/** Reads a file into the index; returns what is wrong with it. */
function load(
  file: string,
  index: StoreIndex<HistoryFile>,
  readDefinition: (sha256: string) => string | undefined,
): readonly string[] {
  const { header, events, offsets, problems } = readHistoryFile(file);
  if (header === undefined) return problems;
  const { definitionSha256, ...rest } = header;
  const definition = readDefinition(definitionSha256);
  if (definition === undefined) return [...problems, 'The definition of this execution is missing'];
  const entry = index.add({ ...rest, definition }, { file, offsets });
  for (const event of events) {
    entry.expect(event);
    entry.take(event);
  }
  return problems;
}

/** Definitions by the hash of their text, each written once. */
function openDefinitions(folder: string) {
  fs.mkdirSync(folder, { recursive: true });
  const known = new Map<string, string>();
  const fileOf = (sha256: string): string => path.join(folder, `${sha256}.json`);
  return {
    read(sha256: string): string | undefined {
      const cached = known.get(sha256);
      if (cached !== undefined || !fs.existsSync(fileOf(sha256))) return cached;
      const text = fs.readFileSync(fileOf(sha256), 'utf8');
      known.set(sha256, text);
      return text;
    },
    write(text: string): string {
      const sha256 = createHash('sha256').update(text).digest('hex');
      if (known.has(sha256)) return sha256;
      // Renamed into place, so that the file is there whole or not at all.
      fs.writeFileSync(`${fileOf(sha256)}.new`, text);
      fs.renameSync(`${fileOf(sha256)}.new`, fileOf(sha256));
      known.set(sha256, text);
      return sha256;
    },
  };
}
