import { readdirSync, readFileSync } from 'node:fs';

/**
 * Returns how many threads the processes of a group have together, each process counting at least as one.
 * 0 where the system does not say, such as outside of Linux.
 *
 * @param group The id of the group: that of the process which leads it.
 */
export function groupSize(group: number): number {
  return processIds().reduce((sum, pid) => sum + threadsIn(group, pid), 0);
}

/** Returns how many threads the whole machine has: to ask costs little. Undefined where the system does not say. */
export function threadsOfMachine(): number | undefined {
  const [, , , tasks = ''] = read('/proc/loadavg')?.split(' ') ?? [];
  const total = Number(tasks.split('/')[1]);
  return Number.isInteger(total) ? total : undefined;
}

function processIds(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** `stat` has the command in brackets, which may hold spaces; after it the group is the third, the threads the eighteenth. */
function threadsIn(group: number, pid: string): number {
  const text = read(`/proc/${pid}/stat`) ?? '';
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return Number(fields[2]) === group ? Math.max(1, Number(fields[17])) : 0;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // the process is gone, or the system has no such files
  }
}
