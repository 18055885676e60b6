import fs from 'node:fs';
import { dirname } from 'node:path';
import { AwsError } from '../core/aws-error.ts';
import { UserError } from '../core/user-error.ts';

/** The disk as a store writes to it; a test gives one that is full. */
export interface Disk {
  /** Writes bytes at a position of a file, and makes the file where it is not there. */
  write(file: string, bytes: Buffer, position: number): void;
  /** Closes a file that was written, which the next write opens again. */
  release(file: string): void;
  /** Puts a whole text in place of a file: it is there whole or not at all. */
  replace(file: string, text: string): void;
  /** Hands the written bytes of a file to the device itself. */
  sync(file: string): Promise<void>;
}

/** Nobody but the owner reads what a rehearsal keeps: there are secrets in it. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** The disk of this machine: a file that is written to stays open until it is released. */
export const localDisk: Disk = {
  write(file, bytes, position) {
    try {
      writeAll(descriptorOf(file), bytes, position);
    } catch (error) {
      release(file);
      throw error;
    }
  },
  release,
  replace(file, text) {
    const draft = `${file}.new`;
    fs.writeFileSync(draft, text, { mode: FILE_MODE, flush: true });
    fs.renameSync(draft, file);
    release(file);
  },
  async sync(file) {
    const handle = await fs.promises.open(file, 'r+');
    try {
      await handle.datasync();
    } finally {
      await handle.close();
    }
  },
};

const descriptors = new Map<string, number>();

function descriptorOf(file: string): number {
  const open = descriptors.get(file);
  if (open !== undefined) return open;
  const descriptor = fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_CREAT, FILE_MODE);
  descriptors.set(file, descriptor);
  return descriptor;
}

function release(file: string): void {
  const open = descriptors.get(file);
  if (open === undefined) return;
  descriptors.delete(file);
  fs.closeSync(open);
}

/** One write may take a part only, as where the disk gets full in the middle of it. */
function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  for (let written = 0; written < bytes.length; ) {
    written += fs.writeSync(descriptor, bytes, written, bytes.length - written, position + written);
  }
}

/**
 * Makes a folder that nobody else may enter, with those above it.
 * @throws {UserError} When it cannot be made.
 */
export function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    fs.chmodSync(folder, FOLDER_MODE);
  } catch (error) {
    throw new UserError('invalid', `Cannot keep anything in ${folder}: ${diskFault(error)}`);
  }
}

const FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there (EACCES): change its owner, or name another directory',
  EDQUOT: 'the quota of this user is used up (EDQUOT): free some space there',
  EIO: 'the device fails (EIO): copy what is there to another one',
  EMFILE: 'too many files are open (EMFILE): raise the limit with "ulimit -n"',
  ENOENT: 'its folder is gone (ENOENT): put it back, or start again',
  ENOSPC: 'the disk is full (ENOSPC): free some space there',
  EROFS: 'the disk is read-only (EROFS): mount it for writing, or name another directory',
};

/** Says in a few words why a file could not be written, and what to do. */
export function diskFault(error: unknown): string {
  const code = codeOf(error);
  return FAULTS[code] ?? (error instanceof Error ? error.message : code || String(error));
}

/** Returns whether an error comes from the file system. */
export function isDiskFault(error: unknown): boolean {
  return /^E[A-Z0-9]+$/.test(codeOf(error));
}

/** The code of a file system's error, such as `ENOENT`; empty where it is none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/**
 * The refusal of a call whose effect cannot be kept: a fault of the service, which clients try again.
 */
export function notKept(file: string, error: unknown): AwsError {
  const promise = 'The call was not taken and may be made again; all that was kept before is whole';
  return new AwsError('InternalFailure', `${notWritten(file, error)}. ${promise}`);
}

/** Says which file could not be written, why, and what to do. */
export function notWritten(file: string, error: unknown): string {
  return `Cannot write ${file}: ${diskFault(error)}`;
}

/** Notifies a person when a disk begins to fail, and when it is well again; not at each write. */
export function createDiskWatch(say: (line: string) => void): {
  /** Runs a write. @throws {AwsError} `InternalFailure` when the disk does not take it. */
  readonly keep: (file: string, write: () => void) => void;
  readonly failed: (file: string, error: unknown) => void;
  readonly wrote: () => void;
} {
  let failing: string | undefined;
  function failed(file: string, error: unknown): void {
    const fault = diskFault(error);
    if (failing !== fault) say(`Cannot keep anything in ${dirname(file)}: ${fault}`);
    failing = fault;
  }
  return {
    keep(file, write) {
      try {
        write();
      } catch (error) {
        if (!isDiskFault(error)) throw error;
        failed(file, error);
        throw notKept(file, error);
      }
    },
    failed,
    wrote() {
      if (failing !== undefined) say('What happens is kept again');
      failing = undefined;
    },
  };
}
