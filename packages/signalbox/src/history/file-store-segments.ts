import fs from 'node:fs';
import path from 'node:path';
import { createDiskWatch, type Disk } from '../store/disk.ts';

/** Where a line stands. */
export interface Place {
  /** The number of the segment. */
  readonly segment: number;
  /** In bytes. */
  readonly offset: number;
  readonly length: number;
}

/** Lines that are written one after the other into files of a limited size, the segments. */
export interface Segments {
  /**
   * Takes a line, which is written before this turn ends; `onWritten` hears where. What the disk does
   * not take waits, and what comes after it too.
   */
  append(line: string, onWritten: (place: Place) => void): void;
  /** Writes what waits. @throws {AwsError} `InternalFailure` when the disk does not take it. */
  flush(): void;
  /** Takes the last line back, which the disk did not take. */
  takeBack(): void;
  read(place: Place): Buffer;
  fileOf(segment: number): string;
  /** Removes a segment that nobody needs any more; does nothing with the one that is written. */
  remove(segment: number): void;
  close(): Promise<void>;
}

/** The segments' folder, and where its last one ends. */
export interface SegmentsOptions {
  readonly folder: string;
  readonly disk: Disk;
  readonly say: (line: string) => void;
  readonly last: Pick<Place, 'segment'> & { readonly end: number };
  /** Called before the first line of another segment is written. */
  readonly onNext: (segment: number) => void;
  /** Called after lines were written. */
  readonly onFlush: () => void;
}

/** A segment that has this many bytes is followed by another one. */
const FULL_BYTES = 8 * 1024 * 1024;

/** What waits is tried again after this time. */
const TRY_AGAIN_MS = 1000;

/** The time after a write at which the device has it. */
const SYNC_AFTER_MS = 1000;

interface Waiting {
  readonly bytes: Buffer;
  readonly onWritten: (place: Place) => void;
}

/** Opens the segments of a folder for what is written next. */
export function openSegments(options: SegmentsOptions): Segments {
  const { folder, disk, onFlush } = options;
  const watch = createDiskWatch(options.say);
  const fileOf = (number: number): string => path.join(folder, segmentName(number));
  let { segment, end } = options.last;
  let waiting: Waiting[] = [];
  let isPlanned = false;
  let isClosed = false;
  let again: NodeJS.Timeout | undefined;
  let syncing: NodeJS.Timeout | undefined;

  function flush(): void {
    if (waiting.length === 0) return;
    if (end >= FULL_BYTES) {
      disk.release(fileOf(segment));
      [segment, end] = [segment + 1, 0];
      options.onNext(segment);
    }
    const bytes = Buffer.concat(waiting.map((one) => one.bytes));
    watch.keep(fileOf(segment), () => disk.write(fileOf(segment), bytes, end));
    watch.wrote();
    const written = waiting;
    waiting = [];
    for (const { bytes: line, onWritten } of written) {
      onWritten({ segment, offset: end, length: line.length });
      end += line.length;
    }
    syncing ??= setTimeout(() => void sync(), SYNC_AFTER_MS).unref();
    onFlush();
  }

  function tryToFlush(): void {
    [isPlanned, again] = [false, undefined];
    try {
      flush();
    } catch {
      // The watch has said it, and `flush` refuses until there is space.
      again ??= setTimeout(tryToFlush, TRY_AGAIN_MS).unref();
    }
  }

  async function sync(): Promise<void> {
    syncing = undefined;
    const file = fileOf(segment);
    await disk.sync(file).catch((error: unknown) => watch.failed(file, error));
  }

  return {
    append(line, onWritten) {
      waiting.push({ bytes: Buffer.from(line), onWritten });
      if (isPlanned || isClosed || again !== undefined) return;
      isPlanned = true;
      queueMicrotask(tryToFlush);
    },
    flush,
    takeBack: () => void waiting.pop(),
    fileOf,
    read: (place) => readPlace(fileOf(place.segment), place),
    remove(number) {
      if (number !== segment) fs.rmSync(fileOf(number), { force: true });
    },
    async close() {
      clearTimeout(again);
      tryToFlush();
      clearTimeout(again);
      isClosed = true;
      disk.release(fileOf(segment));
      if (syncing === undefined) return;
      clearTimeout(syncing);
      await sync();
    },
  };
}

/** The name of a segment's file. */
export function segmentName(number: number): string {
  return `events-${String(number).padStart(8, '0')}.jsonl`;
}

/** The numbers of the segments in a folder, in their order. */
export function segmentsIn(folder: string): readonly number[] {
  const numbers = fs.readdirSync(folder).flatMap((name) => {
    const number = /^events-(\d{8})\.jsonl$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  return numbers.sort((a, b) => a - b);
}

/** Reads a place of a segment's file. */
export function readPlace(file: string, { offset, length }: Omit<Place, 'segment'>): Buffer {
  const bytes = Buffer.alloc(length);
  const descriptor = fs.openSync(file, 'r');
  try {
    const read = fs.readSync(descriptor, bytes, 0, length, offset);
    return bytes.subarray(0, read);
  } finally {
    fs.closeSync(descriptor);
  }
}
