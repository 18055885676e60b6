import fs from 'node:fs';
import type { HistoryEvent } from './history-event.ts';
import type { ExecutionHeader } from './store.ts';

/** The header as the first line of a file has it: many executions share one definition. */
export type StoredHeader = Omit<ExecutionHeader, 'definition'> & {
  readonly definitionSha256: string;
};

/** The lines of an execution's file. */
export interface HistoryFileContent {
  /** Undefined when not even the header could be read: the file is then left out. */
  readonly header: StoredHeader | undefined;
  readonly events: readonly HistoryEvent[];
  /** The offset in bytes of each event's line, and at last of the next one. */
  readonly offsets: number[];
  readonly problems: readonly string[];
}

/** Reads a file and cuts off a last line that was half-written; nothing of such a line is used. */
export function readHistoryFile(file: string): HistoryFileContent {
  const bytes = fs.readFileSync(file);
  const end = bytes.lastIndexOf(10) + 1;
  const problems: string[] = [];
  if (end < bytes.length) {
    fs.truncateSync(file, end);
    problems.push(`Dropped a half-written last line of ${bytes.length - end} bytes`);
  }
  const events: HistoryEvent[] = [];
  const offsets: number[] = [];
  let header: StoredHeader | undefined;
  let offset = 0;
  try {
    while (offset < end) {
      const next = bytes.indexOf(10, offset) + 1;
      const value = JSON.parse(bytes.toString('utf8', offset, next));
      if (header === undefined) header = value;
      else if (value.id === events.length + 1) events.push(value);
      else throw new SyntaxError(`Event ${value.id} is out of order`);
      offsets.push(next);
      offset = next;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    problems.push(
      `Left out an execution: line ${offsets.length + 1} is not event ${offsets.length}`,
    );
    return { header: undefined, events: [], offsets: [], problems };
  }
  if (header === undefined) problems.push('Left out an execution: the file has no header');
  return { header, events, offsets, problems };
}
