import fs from 'node:fs';
import type { Journal, JournalReader } from '../core/journal.ts';
import { type Problem, problemText } from '../core/result.ts';
import { UserError } from '../core/user-error.ts';
import { cutHalfLine } from './cut-half-line.ts';
import { createDiskWatch, type Disk, isDiskFault, notWritten } from './disk.ts';

/** The file of a journal and what it is read into. */
export interface JournalOptions extends JournalReader {
  readonly file: string;
  readonly disk: Disk;
  /** Takes remarks for the person who watches. */
  readonly say: (line: string) => void;
}

/** The time after a write at which the device has it. */
const SYNC_AFTER_MS = 1000;

/** A journal is written anew when it has this many lines and four times those of its snapshot. */
const LONG_LINES = 10_000;

/**
 * The first line says how many bytes were written, so that a file which was cut short is no surprise.
 * It is always of the same length and is written over in place, which needs no space on the disk.
 */
function headerOf(bytes: number): string {
  return `{"signalbox":"journal","bytes":"${String(bytes).padStart(15, '0')}"}\n`;
}
const HEADER = /^\{"signalbox":"journal","bytes":"(\d{15})"\}\n/;
const HEADER_BYTES = headerOf(0).length;

/**
 * Opens a journal, making it where there is none. A last line that was half-written is cut off, and said.
 * @throws {UserError} When a line cannot be read or lines are missing, with file and line.
 */
export function openJournal(options: JournalOptions): Journal {
  const { file, disk, snapshot } = options;
  const watch = createDiskWatch(options.say);
  let lines = 0;
  let end = HEADER_BYTES;
  let lastLength = 0;
  let timer: NodeJS.Timeout | undefined;

  function rewrite(): void {
    const whole = snapshot();
    const text = whole.map((line) => `${line}\n`).join('');
    const bytes = HEADER_BYTES + Buffer.byteLength(text);
    disk.replace(file, `${headerOf(bytes)}${text}`);
    end = bytes;
    lines = whole.length;
    lastLength = lines;
  }

  function shorten(): void {
    if (lines < LONG_LINES || lines < 4 * lastLength) return;
    try {
      rewrite();
    } catch (error) {
      if (!isDiskFault(error)) throw error;
      lastLength = lines; // The long one is as good: the next try comes when it is longer still.
    }
  }

  function sync(): Promise<void> {
    timer = undefined;
    return disk.sync(file).catch((error: unknown) => watch.failed(file, error));
  }

  if (fs.existsSync(file)) {
    const found = readLines(options);
    lines = found.lines;
    end = found.end;
    shorten();
  } else starting(file, rewrite);
  return {
    append(line) {
      // Before the write: a snapshot knows nothing of this line yet.
      shorten();
      const bytes = Buffer.from(`${line}\n`);
      watch.keep(file, () => {
        disk.write(file, bytes, end);
        disk.write(file, Buffer.from(headerOf(end + bytes.length)), 0);
      });
      watch.wrote();
      end += bytes.length;
      lines += 1;
      timer ??= setTimeout(() => void sync(), SYNC_AFTER_MS).unref();
    },
    async close() {
      disk.release(file);
      if (timer === undefined) return;
      clearTimeout(timer);
      await sync();
    },
  };
}

function starting(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!isDiskFault(error)) throw error;
    throw new UserError('invalid', notWritten(file, error));
  }
}

/** Reads the lines that are there; cuts off a half-written one. */
function readLines({ file, take, say }: JournalOptions): {
  readonly lines: number;
  readonly end: number;
} {
  fs.chmodSync(file, 0o600);
  const bytes = fs.readFileSync(file);
  const end = bytes.lastIndexOf(10) + 1;
  const wanted = HEADER.exec(bytes.toString('latin1', 0, HEADER_BYTES))?.[1];
  if (wanted === undefined) throw damaged(file, 1, 'this is no first line of a journal');
  if (end < Number(wanted)) {
    const missing = Number(wanted) - end;
    throw damaged(file, undefined, `its last ${missing} bytes are missing`);
  }
  const dropped = cutHalfLine(file, bytes, end);
  if (dropped !== undefined) say(problemText(dropped));
  let lines = 0;
  for (let from = HEADER_BYTES; from < end; lines += 1) {
    const next = bytes.indexOf(10, from) + 1;
    try {
      take(bytes.toString('utf8', from, next - 1));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw damaged(file, lines + 2, 'this line cannot be read');
    }
    from = next;
  }
  return { lines, end };
}

function damaged(file: string, line: number | undefined, what: string): UserError {
  const message = `${what}: put a copy of the file in its place, or remove the file, and all that it kept with it`;
  const problem: Problem = line === undefined ? { file, message } : { file, line, message };
  return new UserError('invalid', problemText(problem), [problem]);
}
