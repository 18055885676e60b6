import { rmSync } from 'node:fs';
import { jsonText } from '../core/exact-json/exact-number.ts';
import { createDiskWatch, type Disk } from '../store/disk.ts';
import type { StoredHeader } from './file-store-reader.ts';
import type { HistoryEvent } from './history-event.ts';

/** An execution's file, and what of its history is in it. */
export interface HistoryFile {
  readonly file: string;
  /** The offset in bytes of each event's line, and at last of the next one. */
  readonly offsets: number[];
  /** The last events, where the disk did not take them yet. */
  readonly waiting: HistoryEvent[];
}

/** Writes the files of histories. */
export interface HistoryFileWriter {
  /** Makes a file. @throws {AwsError} `InternalFailure` when the disk does not take it; there is no file then. */
  create(file: string, header: StoredHeader): HistoryFile;
  /** Writes the next event; one that the disk does not take waits, and those after it too. */
  append(history: HistoryFile, event: HistoryEvent): void;
  /** Writes what waits. @throws {AwsError} `InternalFailure` when the disk does not take it still. */
  catchUp(): void;
}

/** What waits is tried again after this time. */
const TRY_AGAIN_MS = 1000;

/** Makes a writer; `say` takes remarks for the person who watches. */
export function createHistoryFileWriter(
  disk: Disk,
  say: (line: string) => void,
): HistoryFileWriter {
  const watch = createDiskWatch(say);
  const late = new Set<HistoryFile>();
  let timer: NodeJS.Timeout | undefined;

  function write({ file, offsets }: Omit<HistoryFile, 'waiting'>, value: object): void {
    const offset = offsets.at(-1) ?? 0;
    const line = Buffer.from(`${jsonText(value)}\n`);
    watch.keep(file, () => disk.write(file, line, offset));
    offsets.push(offset + line.length);
  }

  function writeWaiting(history: HistoryFile): void {
    for (let next = history.waiting[0]; next !== undefined; next = history.waiting[0]) {
      write(history, next);
      history.waiting.shift();
    }
    late.delete(history);
    if (late.size === 0) watch.wrote();
  }

  /** Returns the refusal where the disk takes nothing still. */
  function tryAll(): unknown {
    timer = undefined;
    try {
      for (const history of late) writeWaiting(history);
      return undefined;
    } catch (error) {
      timer ??= setTimeout(tryAll, TRY_AGAIN_MS).unref();
      return error;
    }
  }

  return {
    create(file, header) {
      const history = { file, offsets: [], waiting: [] };
      try {
        write(history, header);
      } catch (error) {
        rmSync(file, { force: true });
        throw error;
      }
      return history;
    },
    append(history, event) {
      history.waiting.push(event);
      late.add(history);
      if (late.size === 1) tryAll();
    },
    catchUp() {
      if (late.size === 0) return;
      clearTimeout(timer);
      const refusal = tryAll();
      if (refusal !== undefined) throw refusal;
    },
  };
}
