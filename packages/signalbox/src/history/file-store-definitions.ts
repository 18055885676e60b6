import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type Disk, isDiskFault, makeFolder, notKept } from '../store/disk.ts';

/** Definitions by the hash of their text, each written once. */
export interface Definitions {
  /** Undefined where the file is missing, or is not what was written. */
  read(sha256: string): string | undefined;
  /** Returns the hash. @throws {AwsError} `InternalFailure` when the disk does not take it. */
  write(text: string): string;
}

/** Opens the folder of definitions. @throws {UserError} When it cannot be made. */
export function openDefinitions(folder: string, disk: Disk): Definitions {
  makeFolder(folder);
  const known = new Map<string, string>();
  /** The hashes of texts: all executions of a machine have the same. */
  const hashes = new Map<string, string>();
  const fileOf = (sha256: string): string => path.join(folder, `${sha256}.json`);
  return {
    read(sha256) {
      const cached = known.get(sha256);
      if (cached !== undefined || !fs.existsSync(fileOf(sha256))) return cached;
      const text = fs.readFileSync(fileOf(sha256), 'utf8');
      if (hashOf(text) !== sha256) return undefined;
      known.set(sha256, text);
      return text;
    },
    write(text) {
      const sha256 = hashes.get(text) ?? hashOf(text);
      hashes.set(text, sha256);
      if (known.has(sha256)) return sha256;
      try {
        disk.replace(fileOf(sha256), text);
      } catch (error) {
        throw isDiskFault(error) ? notKept(fileOf(sha256), error) : error;
      }
      known.set(sha256, text);
      return sha256;
    },
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
