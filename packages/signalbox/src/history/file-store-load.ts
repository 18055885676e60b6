import fs from 'node:fs';
import type { Problem } from '../core/result.ts';
import type { Definitions } from './file-store-definitions.ts';
import { FileEntry, type FoldedData } from './file-store-entry.ts';
import type { FoundIndex, IndexedExecution } from './file-store-index-lines.ts';
import { readEvent, readHeader } from './file-store-lines.ts';
import { Runs } from './file-store-runs.ts';
import { type LineReader, lineAt, type ScannedLine, scanSegments } from './file-store-scan.ts';
import { type Place, readPlace, segmentName, segmentsIn } from './file-store-segments.ts';
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
  for (const [number, runs] of index.open) reader.takeAll(number, readRuns(folder, number, runs));
  const scanned = scanSegments(folder, segments, scanFrom(index), reader);
  problems.push(...scanned.problems, ...reader.problems);
  const ended = whole.map(
    ({ number, folded, runs }) =>
      new FileEntry(number, folded, folded.group.definitionSha256, data, runs),
  );
  const entries = [...ended, ...reader.open.values()].sort((a, b) => a.number - b.number);
  const last = { segment: segments.at(-1) ?? 1, end: scanned.end };
  return { entries, lastNumber: reader.lastNumber(), last, problems };
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

/** The place behind which lines may be that the index does not have. */
function scanFrom({
  ended,
  open,
  from,
  isForgotten,
}: FoundIndex): Pick<Place, 'segment' | 'offset'> {
  const place = { segment: from, offset: 0 };
  if (open.size > 0) return place;
  // Executions begin in the order of their numbers.
  let number = 1;
  while (ended.has(number) || isForgotten(number)) number += 1;
  const [segment = 0, offset = 0] = ended.get(number - 1)?.runs ?? [];
  return segment < from ? place : { segment, offset };
}

/** Reads the lines that an execution has by the index. */
function readRuns(folder: string, number: number, runs: readonly number[]): readonly ScannedLine[] {
  return new Runs([...runs]).from(0, Number.POSITIVE_INFINITY).flatMap((stretch) => {
    const { segment } = stretch;
    const file = `${folder}/${segmentName(segment)}`;
    if (!fs.existsSync(file)) return [];
    let { offset } = stretch;
    const lines = readPlace(file, stretch)
      .toString('utf8')
      .split(/(?<=\n)/);
    return lines.map((line) => {
      const length = Buffer.byteLength(line);
      const place = { file, segment, offset, length };
      offset += length;
      return { ...place, number, text: () => line };
    });
  });
}

interface Reader extends LineReader {
  /** Takes the lines that an execution has by the index. */
  takeAll(number: number, lines: readonly ScannedLine[]): void;
  /** The highest number of all. */
  lastNumber(): number;
  /** The executions that have not ended by the index. */
  readonly open: ReadonlyMap<number, FileEntry>;
  readonly problems: readonly Problem[];
}

function createReader(index: FoundIndex, definitions: Definitions, data: FoldedData): Reader {
  const open = new Map<number, FileEntry>();
  const leftOut = new Set<number>();
  const problems: Problem[] = [];

  let lastNumber = index.lastNumber;

  function leaveOut({ file, offset, number }: ScannedLine, what: string): void {
    const message = `Left out an execution: ${what}: ${MEND_OR_REMOVE}`;
    problems.push({ file, line: lineAt(file, offset), message });
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

  function takeLine(line: ScannedLine): void {
    const { number } = line;
    if (number === undefined) {
      leaveOut(line, 'this line cannot be read');
      return;
    }
    const entry = open.get(number);
    if (entry === undefined) {
      takeHeader(line, number);
      return;
    }
    if (entry.runs.reaches(line)) return;
    const event = readEvent(line.text(), entry.eventCount + 1);
    if (event === undefined || 'group' in entry.state) {
      leaveOut(line, `this line is not event ${entry.eventCount + 1}`);
      return;
    }
    entry.state.take(event);
    entry.runs.add(line);
  }

  return {
    open,
    problems,
    lastNumber: () => lastNumber,
    wants(number) {
      if (number > lastNumber) lastNumber = number;
      return !(index.ended.has(number) || leftOut.has(number) || index.isForgotten(number));
    },
    take: takeLine,
    takeAll(number, lines) {
      for (const line of lines) if (!leftOut.has(number)) takeLine(line);
    },
  };
}
