import { invalidRange } from './s3-errors.ts';

/** A part of an object's bytes. */
export interface ByteRange {
  readonly start: number;
  /** The place after the last byte. */
  readonly end: number;
}

/**
 * Reads a `Range` header; undefined where S3 returns the whole object, as to a range of another kind.
 * @throws {AwsError} `InvalidRange` where it begins after the object's end.
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    if (last === '0' || size === 0) throw invalidRange();
    return { start: Math.max(0, size - Number(last)), end: size };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= size) throw invalidRange();
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
}
