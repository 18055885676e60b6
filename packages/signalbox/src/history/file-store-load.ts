import fs from 'node:fs';
import type { Problem } from '../core/result.ts';
import type { Definitions } from './file-store-definitions.ts';
import { FileEntry, type FoldedData } from './file-store-entry.ts';
import type { FoundIndex, IndexedExecution } from './file-store-index-lines.ts';
import { readEvent, readHeader } from './file-store-lines.ts';
import { type ScannedLine, scanSegments } from './file-store-scan.ts';
import { type Place, segmentName, segmentsIn } from './file-store-segments.ts';
import { openExecution } from './store-index.ts';

/** What a folder of histories holds. */
export interface LoadedHistories {
  /** In the order in which they started. */
  readonly entries: readonly FileEntry[];
  /** The highest number that an execution has, or had. */
  readonly lastNumber: number;
  /** The last segment, and where it ends. */
  readonly last: { readonly segment: number; readonly end: number };
  readonly problems: readonly Problem[];
}

/** The advice that goes with what is left out. */
const MEND_OR_REMOVE =
  'put a copy of the file in its place, or remove the line, and the execution with it';

/** Loads a folder: what has ended from the index, and what runs from its history. */
export function loadHistories(
  folder: string,
  index: FoundIndex,
  definitions: Definitions,
  data: FoldedData,
): LoadedHistories {
  const segments = segmentsIn(folder);
  const problems: Problem[] = index.problem === undefined ? [] : [index.problem];
  const { whole, cut } = checkPlaces(folder, segments, index);
  problems.push(...cut);
  const reader = createReader(index, definitions, data);
  const from = firstOpen(index);
  let lastNumber = from.number;
  const scanned = scanSegments(folder, segments, from, (line) => {
    lastNumber = Math.max(lastNumber, line.number ?? 0);
    reader.take(line);
  });
  problems.push(...scanned.problems, ...reader.problems);
  const ended = whole.map(
    ({ number, folded, runs }) =>
      new FileEntry(number, folded, folded.group.definitionSha256, data, runs),
  );
  const entries = [...ended, ...reader.open.values()].sort((a, b) => a.number - b.number);
  const last = { segment: segments.at(-1) ?? 1, end: scanned.end };
  return { entries, lastNumber, last, problems };
}

/** Leaves out executions whose lines are not there any more. */
function checkPlaces(
  folder: string,
  segments: readonly number[],
  { ended }: FoundIndex,
): { readonly whole: readonly IndexedExecution[]; readonly cut: readonly Problem[] } {
  const sizes = new Map(
    segments.map((one) => [one, fs.statSync(`${folder}/${segmentName(one)}`).size]),
  );
  const cut: Problem[] = [];
  const whole = [...ended.values()].filter(({ folded, runs }) => {
    const segment = missingSegment(runs, sizes);
    if (segment === undefined) return true;
    const file = `${folder}/${segmentName(segment)}`;
    const what = sizes.has(segment) ? 'its last bytes are missing' : 'the file is missing';
    const message = `Left out the execution ${folded.executionArn}: ${what}: put a copy of the file in its place`;
    cut.push({ file, message });
    return false;
  });
  return { whole, cut };
}

function missingSegment(
  runs: readonly number[],
  sizes: ReadonlyMap<number, number>,
): number | undefined {
  for (let at = 0; at < runs.length; at += 4) {
    const segment = runs[at] ?? 0;
    const end = (runs[at + 1] ?? 0) + (runs[at + 2] ?? 0);
    if (end > (sizes.get(segment) ?? 0)) return segment;
  }
  return undefined;
}

/** The place before which all lines are of executions that have ended, and the last one of these. */
function firstOpen({
  ended,
  isForgotten,
}: FoundIndex): Pick<Place, 'segment' | 'offset'> & { readonly number: number } {
  let number = 1;
  let place = { segment: 0, offset: 0 };
  for (; ended.has(number) || isForgotten(number); number += 1) {
    const [segment, offset] = ended.get(number)?.runs ?? [];
    if (segment !== undefined && offset !== undefined) place = { segment, offset };
  }
  return { ...place, number: number - 1 };
}

interface Reader {
  readonly take: (line: ScannedLine) => void;
  /** The executions that have not ended by the index. */
  readonly open: ReadonlyMap<number, FileEntry>;
  readonly problems: readonly Problem[];
}

function createReader(index: FoundIndex, definitions: Definitions, data: FoldedData): Reader {
  const open = new Map<number, FileEntry>();
  const leftOut = new Set<number>();
  const problems: Problem[] = [];

  function leaveOut({ file, line, number }: ScannedLine, what: string): void {
    problems.push({ file, line, message: `Left out an execution: ${what}: ${MEND_OR_REMOVE}` });
    if (number === undefined) return;
    leftOut.add(number);
    open.delete(number);
  }

  function takeHeader(line: ScannedLine, number: number): void {
    const header = readHeader(line.text());
    if (header === undefined) {
      leaveOut(line, 'this line is not an execution');
      return;
    }
    const { definitionSha256, ...rest } = header;
    const definition = definitions.read(definitionSha256);
    if (definition === undefined) {
      const name = `definitions/${definitionSha256}.json`;
      leaveOut(line, `its definition ${name} is missing or damaged`);
      return;
    }
    const state = openExecution({ ...rest, definition });
    const entry = new FileEntry(number, state, definitionSha256, data);
    entry.runs.add(line);
    open.set(number, entry);
  }

  return {
    open,
    problems,
    take(line) {
      const { number } = line;
      if (number === undefined) return leaveOut(line, 'this line cannot be read');
      if (index.ended.has(number) || index.isForgotten(number) || leftOut.has(number)) return;
      const entry = open.get(number);
      if (entry === undefined) return takeHeader(line, number);
      const event = readEvent(line.text(), entry.eventCount + 1);
      if (event === undefined || 'group' in entry.state) {
        return leaveOut(line, `this line is not event ${entry.eventCount + 1}`);
      }
      entry.state.take(event);
      entry.runs.add(line);
    },
  };
}
