import fs from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../core/user-error.ts';
import { codeOf, isDiskFault } from './disk.ts';

/** The stores of this process: its own number in a lock may be that of an earlier process. */
const mine = new Set<string>();

/**
 * Makes this process the only owner of a store; returns how to give it up. The lock of a process
 * that is dead is taken over.
 * @throws {UserError} When another process owns it.
 */
export function own(folder: string): () => void {
  const lock = join(folder, 'owner.pid');
  if (mine.has(lock)) throw taken(folder, process.pid, lock);
  while (!tryToLock(lock)) {
    const owner = ownerIn(lock);
    if (owner !== undefined && isAlive(owner)) throw taken(folder, owner, lock);
    takeAway(lock, owner);
  }
  mine.add(lock);
  return () => {
    mine.delete(lock);
    removeLock(lock);
  };
}

/** A lock that stays on a read-only disk is that of a dead process, and taken over. */
function removeLock(lock: string): void {
  try {
    fs.rmSync(lock, { force: true });
  } catch (error) {
    if (!isDiskFault(error)) throw error;
  }
}

/** A lock is linked into place: it is there with its number, or not at all. */
function tryToLock(lock: string): boolean {
  const draft = `${lock}.${process.pid}`;
  try {
    fs.writeFileSync(draft, `${process.pid}\n`, { mode: 0o600 });
    return linked(draft, lock);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Removes the lock of a dead process, and not one that a third process has put in its place. */
function takeAway(lock: string, dead: number | undefined): void {
  const aside = `${lock}.${process.pid}`;
  try {
    fs.renameSync(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (ownerIn(aside) !== dead) linked(aside, lock);
  fs.rmSync(aside);
}

function linked(draft: string, lock: string): boolean {
  try {
    fs.linkSync(draft, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function ownerIn(lock: string): number | undefined {
  const text = fs.existsSync(lock) ? fs.readFileSync(lock, 'utf8') : '';
  return /^\d+\n$/.test(text) ? Number.parseInt(text, 10) : undefined;
}

/** Returns whether a process runs: another one than this, which has no store that it does not know. */
export function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function taken(folder: string, pid: number, lock: string): UserError {
  return new UserError(
    'invalid',
    `The store ${folder} belongs to another rehearsal, process ${pid}: stop it, or name another directory; if process ${pid} is no rehearsal, remove ${lock}`,
  );
}
