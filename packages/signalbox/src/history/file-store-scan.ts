import fs from 'node:fs';
import type { Problem } from '../core/result.ts';
import { cutHalfLine } from '../store/cut-half-line.ts';
import { numberOf } from './file-store-lines.ts';
import { type Place, segmentName } from './file-store-segments.ts';

/** A line of a history, and where it stands. */
export interface ScannedLine extends Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The number of its execution; undefined where the line is damaged. */
  readonly number: number | undefined;
  /** Reads it, with its line break. */
  readonly text: () => string;
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
  take: (line: ScannedLine) => void,
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
    scan({ file, segment, bytes: isLast ? bytes.subarray(0, end) : bytes, start }, take);
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
  take: (line: ScannedLine) => void,
): void {
  let line = linesBefore(bytes, start);
  for (let offset = start; offset < bytes.length; ) {
    const found = bytes.indexOf(10, offset);
    const next = found < 0 ? bytes.length : found + 1;
    const [from, length] = [offset, next - offset];
    line += 1;
    take({
      ...{ file, segment, offset, length, line },
      number: numberOf(bytes.toString('latin1', from, Math.min(next, from + 20))),
      text: () => bytes.toString('utf8', from, next),
    });
    offset = next;
  }
}

function linesBefore(bytes: Buffer, offset: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) {
    lines += 1;
  }
  return lines;
}
