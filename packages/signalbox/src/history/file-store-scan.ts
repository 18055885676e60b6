import fs from 'node:fs';
import type { Problem } from '../core/result.ts';
import { cutHalfLine } from '../store/cut-half-line.ts';
import { type Place, segmentName } from './file-store-segments.ts';

/** A line of a history, and where it stands. */
export interface ScannedLine extends Place {
  readonly file: string;
  /** The number of its execution; undefined where the line is damaged. */
  readonly number: number | undefined;
  /** Reads it, with its line break. */
  readonly text: () => string;
}

/** Who wants to read lines. */
export interface LineReader {
  /** Whether a line of an execution is to be read; what is damaged always is. */
  wants(number: number): boolean;
  take(line: ScannedLine): void;
}

/**
 * Reads the lines of segments from a place on. A last line of all that was half-written when the
 * process died is cut off.
 * @returns The end of the last segment, and what was cut off.
 */
export function scanSegments(
  folder: string,
  segments: readonly number[],
  from: Pick<Place, 'segment' | 'offset'>,
  reader: LineReader,
): { readonly end: number; readonly problems: readonly Problem[] } {
  let end = 0;
  let problems: readonly Problem[] = [];
  for (const segment of segments) {
    const file = `${folder}/${segmentName(segment)}`;
    const isLast = segment === segments.at(-1);
    if (segment < from.segment) {
      if (isLast) end = fs.statSync(file).size;
      continue;
    }
    fs.chmodSync(file, 0o600);
    const bytes = fs.readFileSync(file);
    end = bytes.lastIndexOf(10) + 1;
    const dropped = isLast ? cutHalfLine(file, bytes, end) : undefined;
    if (dropped !== undefined) problems = [dropped];
    const start = segment === from.segment ? from.offset : 0;
    scan({ file, segment, bytes: isLast ? bytes.subarray(0, end) : bytes, start }, reader);
  }
  return { end, problems };
}

function scan(
  {
    file,
    segment,
    bytes,
    start,
  }: {
    readonly file: string;
    readonly segment: number;
    readonly bytes: Buffer;
    readonly start: number;
  },
  reader: LineReader,
): void {
  for (let offset = start; offset < bytes.length; ) {
    const found = bytes.indexOf(10, offset);
    const next = found < 0 ? bytes.length : found + 1;
    const [from, length] = [offset, next - offset];
    offset = next;
    const number = numberAt(bytes, from);
    if (number !== undefined && !reader.wants(number)) continue;
    const text = (): string => bytes.toString('utf8', from, next);
    reader.take({ file, segment, offset: from, length, number, text });
  }
}

const NUMBER_STARTS = Buffer.from('{"n":');
const COMMA = 44;
const ZERO = 48;

/** Reads the number of the execution at the beginning of a line. */
function numberAt(bytes: Buffer, from: number): number | undefined {
  for (let at = 0; at < NUMBER_STARTS.length; at += 1) {
    if (bytes[from + at] !== NUMBER_STARTS[at]) return undefined;
  }
  let number = 0;
  for (let at = from + NUMBER_STARTS.length; ; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit >= 0 && digit <= 9) number = number * 10 + digit;
    else return bytes[at] === COMMA && number > 0 ? number : undefined;
  }
}

/** The line of a file, counted from 1, at which an offset is. */
export function lineAt(file: string, offset: number): number {
  const bytes = fs.readFileSync(file);
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) {
    line += 1;
  }
  return line;
}
