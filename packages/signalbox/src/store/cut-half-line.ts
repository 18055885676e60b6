import fs from 'node:fs';
import type { Problem } from '../core/result.ts';

/**
 * Cuts off a last line that was half-written when a process died.
 * @param bytes The whole file.
 * @param end The offset behind its last line break.
 * @returns What was dropped; undefined where every line is whole.
 */
export function cutHalfLine(file: string, bytes: Buffer, end: number): Problem | undefined {
  if (end === bytes.length) return undefined;
  fs.truncateSync(file, end);
  return { file, message: `Dropped a half-written last line of ${bytes.length - end} bytes` };
}
