import { readFileSync } from 'node:fs';

/** Linux counts memory in pages of this size in `statm`, on every machine that Node.js is released for but few. */
const PAGE_BYTES = 4096;

/**
 * Returns the memory that a process alone holds, in bytes: what it shares with others, such as the code of
 * libraries, is not the function's. Undefined where the system does not say, such as outside of Linux.
 */
export function ownBytes(pid: number): number | undefined {
  const [, resident, shared] = read(`/proc/${pid}/statm`)?.split(' ').map(Number) ?? [];
  if (resident === undefined || shared === undefined) return undefined;
  return (resident - shared) * PAGE_BYTES;
}

/** Returns the most memory that a process ever had resident, in bytes; undefined where the system does not say. */
export function peakBytes(pid: number): number | undefined {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '') ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // the process is gone, or the system has no such files
  }
}
