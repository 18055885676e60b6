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

/** Opens an index for writing, behind what was found in it. */
export function openIndex(options: IndexOptions): HistoryIndex {
  const { file, disk } = options;
  const watch = createDiskWatch(options.say);
  let { lines, bytes: end } = options.found;
  let waiting = '';
  let { segment } = options;
  let groups = new WeakMap<HeaderGroup, number>();

  function add(line: IndexLine): void {
    waiting += `${JSON.stringify(line)}\n`;
    lines += 1;
  }

  function addEnd(entry: FileEntry, folded: FoldedExecution): void {
    const { group } = folded;
    let groupNumber = groups.get(group);
    if (groupNumber === undefined) {
      // A group of an earlier process is written again, under a number that nobody has.
      groupNumber = end + waiting.length;
      groups.set(group, groupNumber);
      add(['group', groupNumber, group]);
    }
    add(endLine(entry.number, groupNumber, folded, entry.runs.numbers));
  }

  /** What does not fit is found in the histories. */
  function startOver(from: { readonly lines: number; readonly end: number }): void {
    groups = new WeakMap();
    [waiting, lines, end] = ['', from.lines, from.end];
  }

  function checkpoint(current: number): void {
    segment = current;
    if (!options.isWhole) return;
    for (const { number, runs, state } of options.entries()) {
      if (!('group' in state)) add(['open', number, runs.numbers]);
    }
    add(['from', segment]);
  }

  function shorten(): void {
    const entries = options.entries();
    if (lines < LONG_LINES || lines < 2 * entries.length) return;
    const before = { lines, end };
    startOver({ lines: 0, end: 0 });
    add(['below', (entries.at(-1)?.number ?? 0) + 1]);
    for (const entry of entries) if ('group' in entry.state) addEnd(entry, entry.state);
    checkpoint(segment);
    try {
      disk.replace(file, waiting);
      end = Buffer.byteLength(waiting);
      waiting = '';
    } catch (error) {
      if (!isDiskFault(error)) throw error;
      startOver(before); // The long one is as good.
    }
  }

  return {
    end: addEnd,
    reopen: ({ number, runs }) => add(['open', number, runs.numbers]),
    checkpoint,
    forget(numbers) {
      for (const number of numbers) add(['forget', number]);
      shorten();
    },
    flush() {
      if (waiting === '') return;
      const bytes = Buffer.from(waiting);
      try {
        watch.keep(file, () => disk.write(file, bytes, end));
      } catch {
        return; // The watch has said it; it is written with the next.
      }
      end += bytes.length;
      waiting = '';
    },
    close: () => disk.release(file),
  };
}
