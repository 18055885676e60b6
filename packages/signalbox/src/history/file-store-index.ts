import { createDiskWatch, type Disk, isDiskFault } from '../store/disk.ts';
import type { FileEntry, FoldedExecution, HeaderGroup } from './file-store-entry.ts';
import { endLine, type FoundIndex, type IndexLine } from './file-store-index-lines.ts';

/**
 * The file that says which executions have ended, and where their lines stand, so that a start reads
 * no histories. What is missing in it is found in the histories.
 */
export interface HistoryIndex {
  end(entry: FileEntry, folded: FoldedExecution): void;
  /** An execution that had ended goes on. */
  reopen(entry: FileEntry): void;
  forget(numbers: readonly number[]): void;
  /** Notes where those stand that run, so that a start looks no further back than a segment. */
  checkpoint(segment: number): void;
  /** Writes what waits, where the disk takes it. */
  flush(): void;
  close(): void;
}

/** An index is written anew when it has this many lines, and twice those that it needs. */
const LONG_LINES = 10_000;

/** The file of an index, and what it is about. */
export interface IndexOptions {
  readonly file: string;
  readonly disk: Disk;
  readonly say: (line: string) => void;
  readonly found: Pick<FoundIndex, 'lines' | 'bytes'>;
  /** The segment that is written. */
  readonly segment: number;
  /** Whether nothing was left out: else each start looks for it again. */
  readonly isWhole: boolean;
  /** All entries. */
  readonly entries: () => readonly FileEntry[];
}

/** Lines that are not written yet, and the groups that have been. */
interface Lines {
  add(line: IndexLine): void;
  addEnd(entry: FileEntry, folded: FoldedExecution): void;
  /** The number of lines in the file, with those that are not written yet. */
  count(): number;
  text(): string;
  /** The text was written. */
  clear(): void;
}

function createLines(from: { readonly lines: number; readonly bytes: number }): Lines {
  const groups = new WeakMap<HeaderGroup, number>();
  let { lines, bytes } = from;
  let text = '';

  function add(line: IndexLine): void {
    const written = `${JSON.stringify(line)}\n`;
    text += written;
    lines += 1;
    bytes += written.length;
  }

  return {
    add,
    addEnd(entry, folded) {
      const { group } = folded;
      let number = groups.get(group);
      if (number === undefined) {
        // A group of an earlier process is written again, under a number that nobody has.
        number = bytes;
        groups.set(group, number);
        add(['group', number, group]);
      }
      add(endLine(entry.number, number, folded, entry.runs.numbers));
    },
    count: () => lines,
    text: () => text,
    clear() {
      text = '';
    },
  };
}

/** Opens an index for writing, behind what was found in it. */
export function openIndex(options: IndexOptions): HistoryIndex {
  const { file, disk, found, entries, isWhole } = options;
  const watch = createDiskWatch(options.say);
  let { segment } = options;
  let end = found.bytes;
  let lines = createLines(found);

  function addOpen(): void {
    for (const { number, runs, state } of entries()) {
      if (!('group' in state)) lines.add(['open', number, runs.numbers]);
    }
    if (isWhole) lines.add(['from', segment]);
  }

  function addAll(): void {
    if (isWhole) lines.add(['below', (entries().at(-1)?.number ?? 0) + 1]);
    for (const entry of entries()) if ('group' in entry.state) lines.addEnd(entry, entry.state);
    addOpen();
  }

  /** Writes the whole index anew where it has grown; the long one is as good where that fails. */
  function shorten(): void {
    if (lines.count() < LONG_LINES || lines.count() < 2 * entries().length) return;
    const before = lines;
    lines = createLines({ lines: 0, bytes: 0 });
    addAll();
    try {
      disk.replace(file, lines.text());
      end = Buffer.byteLength(lines.text());
      lines.clear();
    } catch (error) {
      if (!isDiskFault(error)) throw error;
      lines = before;
    }
  }

  return {
    end: (entry, folded) => lines.addEnd(entry, folded),
    reopen: ({ number, runs }) => lines.add(['open', number, runs.numbers]),
    checkpoint(next) {
      segment = next;
      if (isWhole) addOpen();
    },
    forget(numbers) {
      for (const number of numbers) lines.add(['forget', number]);
      shorten();
    },
    flush() {
      const bytes = Buffer.from(lines.text());
      if (bytes.length === 0) return;
      try {
        watch.keep(file, () => disk.write(file, bytes, end));
      } catch {
        return; // The watch has said it; it is written with the next.
      }
      end += bytes.length;
      lines.clear();
    },
    close: () => disk.release(file),
  };
}
