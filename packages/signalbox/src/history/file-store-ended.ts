import {
  type FileEntry,
  type FoldedExecution,
  foldedOf,
  groupOf,
  type HeaderGroup,
  unfolded,
} from './file-store-entry.ts';
import type { HistoryIndex } from './file-store-index.ts';
import type { Place, Segments } from './file-store-segments.ts';
import type { OpenExecution, StoreIndex } from './store-index.ts';

/** The executions that have ended, which are folded, and forgotten when there are too many. */
export interface Ended {
  /** Takes an entry that was loaded. */
  load(entry: FileEntry): void;
  /** Notes where the next line of an execution was written. */
  place(entry: FileEntry, place: Place): void;
  /** Takes the data of an execution out of memory, if it has ended. */
  fold(entry: FileEntry): void;
  /** Opens one again, for a redrive. */
  reopen(entry: FileEntry): OpenExecution;
}

/** The parts of a store. */
export interface EndedOptions {
  readonly table: StoreIndex<FileEntry>;
  readonly index: HistoryIndex;
  readonly segments: Segments;
  /** The number of executions that are kept after their end. */
  readonly keptExecutions: number;
}

/** They are forgotten many at once: the oldest of this part of those that are kept. */
const FORGOTTEN_AT_ONCE = 0.05;

/** Groups that others may share; of Express executions each has one of its own. */
const MAX_GROUPS = 1_000;

/** Makes the bookkeeping of a store's ended executions. */
export function createEnded({ table, index, segments, keptExecutions }: EndedOptions): Ended {
  const groups = new Map<string, HeaderGroup>();
  /** The number of executions with lines in a segment. */
  const users = new Map<number, number>();
  let count = 0;

  function use(segment: number, change: 1 | -1): void {
    const left = (users.get(segment) ?? 0) + change;
    users.set(segment, left);
    if (left > 0) return;
    users.delete(segment);
    segments.remove(segment);
  }

  function shared(group: HeaderGroup): HeaderGroup {
    const key = JSON.stringify(group);
    const known = groups.get(key);
    if (known !== undefined) return known;
    if (groups.size >= MAX_GROUPS) groups.clear();
    groups.set(key, group);
    return group;
  }

  function fold(entry: FileEntry): void {
    const { state } = entry;
    if ('group' in state || state.summary.status === 'RUNNING') return;
    const folded = foldedOf(state, shared(groupOf(state.header, entry.definitionSha256)));
    entry.state = folded;
    index.end(entry, folded);
    keep();
  }

  /** Counts one more that has ended, and forgets the oldest where there are too many. */
  function keep(): void {
    count += 1;
    if (count <= keptExecutions * (1 + FORGOTTEN_AT_ONCE)) return;
    const oldest = new Set(
      table
        .all()
        .filter(isFolded)
        .slice(0, count - keptExecutions),
    );
    index.forget([...oldest].map(({ number }) => number));
    table.remove(oldest);
    for (const { runs } of oldest) for (const segment of runs.segments()) use(segment, -1);
    count -= oldest.size;
  }

  return {
    load(entry) {
      for (const segment of entry.runs.segments()) use(segment, 1);
      if (isFolded(entry)) keep();
      else fold(entry);
    },
    place(entry, place) {
      if (!entry.runs.segments().includes(place.segment)) use(place.segment, 1);
      entry.runs.add(place);
    },
    fold,
    reopen(entry) {
      const state = unfolded(entry);
      entry.state = state;
      index.reopen(entry);
      count -= 1;
      return state;
    },
  };
}

function isFolded(entry: FileEntry): entry is FileEntry & { state: FoldedExecution } {
  return 'group' in entry.state;
}
