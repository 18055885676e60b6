import type { ExecutionRow } from '../../server/live-executions.ts';
import { sawPlaceTime } from '../app/place-time.ts';

/** Executions, newest first; a change of a few costs one pass over the list, and no sorting of it. */
export interface ExecutionList {
  /** Takes rows in place of what was known of the same executions. */
  take(rows: readonly ExecutionRow[]): void;
  /** All rows, in a new array where something has changed. */
  rows(): readonly ExecutionRow[];
}

/** Makes an empty list. */
export function createExecutionList(): ExecutionList {
  let listed: readonly ExecutionRow[] = [];
  const known = new Set<string>();
  let changed = new Map<string, ExecutionRow>();
  let added = new Map<string, ExecutionRow>();
  const errors = new Map<string, string>();

  return {
    take(rows) {
      for (const row of rows) {
        sawPlaceTime(row.stoppedMs ?? row.startedMs);
        // A list has no errors; what a change has told stays.
        if (row.error !== undefined) errors.set(row.arn, row.error);
        const told = { ...row, error: errors.get(row.arn) };
        if (known.has(row.arn)) changed.set(row.arn, told);
        else added.set(row.arn, told);
      }
    },
    rows() {
      if (changed.size > 0) listed = listed.map((row) => changed.get(row.arn) ?? row);
      if (added.size > 0) listed = merged(listed, [...added.values()].sort(newestFirst));
      for (const arn of added.keys()) known.add(arn);
      changed = new Map();
      added = new Map();
      return listed;
    },
  };
}

function newestFirst(a: ExecutionRow, b: ExecutionRow): number {
  return b.startedMs - a.startedMs;
}

function merged(
  listed: readonly ExecutionRow[],
  added: readonly ExecutionRow[],
): readonly ExecutionRow[] {
  const all: ExecutionRow[] = [];
  let at = 0;
  for (const row of listed) {
    for (let next = added[at]; next !== undefined && next.startedMs > row.startedMs; ) {
      all.push(next);
      at += 1;
      next = added[at];
    }
    all.push(row);
  }
  return all.concat(added.slice(at));
}
