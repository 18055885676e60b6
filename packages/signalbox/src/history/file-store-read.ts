import { AwsError } from '../core/aws-error.ts';
import type { Definitions } from './file-store-definitions.ts';
import type { FileEntry, FoldedData } from './file-store-entry.ts';
import { readEvent, readHeader } from './file-store-lines.ts';
import type { Segments } from './file-store-segments.ts';
import type { HistoryEvent } from './history-event.ts';

/** Reads what is left out of memory of executions that have ended. */
export function dataOf(definitions: Definitions, segments: () => Segments): FoldedData {
  return {
    definition(sha256) {
      const text = definitions.read(sha256);
      if (text === undefined) throw damaged(`the definition ${sha256}.json`);
      return text;
    },
    input(entry) {
      const [line = ''] = readLines(segments(), entry, 0, 1);
      const header = readHeader(line);
      if (header === undefined) throw damagedHistory(segments(), entry);
      return header.input;
    },
    event: (entry, id) => readEvents(segments(), entry, id, 1)[0],
  };
}

/** Reads at most `count` events of an execution from one on; what is not written yet is in memory. */
export function readEvents(
  segments: Segments,
  entry: FileEntry,
  firstId: number,
  count: number,
): readonly HistoryEvent[] {
  const written = entry.eventCount - entry.waiting.length;
  const inFiles = Math.max(0, Math.min(count, written - firstId + 1));
  const lines = inFiles === 0 ? [] : readLines(segments, entry, firstId, inFiles);
  const events = lines.map((line, index) => {
    const event = readEvent(line, firstId + index);
    if (event === undefined) throw damagedHistory(segments, entry);
    return event;
  });
  const from = Math.max(0, firstId - 1 - written);
  return [...events, ...entry.waiting.slice(from, from + count - events.length)];
}

/** Reads lines of an execution; the one with the number 0 is its header's. */
function readLines(
  segments: Segments,
  { runs }: FileEntry,
  first: number,
  count: number,
): readonly string[] {
  const stretches = runs.from(first, count);
  const text = stretches.map((one) => segments.read(one).toString('utf8')).join('');
  const before = stretches[0]?.before ?? 0;
  return text.split('\n').slice(first - before, first - before + count);
}

function damagedHistory(segments: Segments, { runs }: FileEntry): AwsError {
  const files = [...runs.segments()].map((segment) => segments.fileOf(segment));
  return damaged(`the history, whose lines are in ${files.join(' and ')}`);
}

function damaged(what: string): AwsError {
  return new AwsError(
    'InternalFailure',
    `Cannot read ${what}: it is missing or damaged: put a copy of the file in its place`,
  );
}
