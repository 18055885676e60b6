import { statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** The stamps of files when they were read: path from the project's root → `modification time:size`, or `absent`. */
export type FileStamps = Readonly<Record<string, string>>;

/** Says how a file looks now. */
export type StampOf = (file: string) => string;

// A change in any of these may change what a bundle holds, though none is an input of its own.
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json'];
const INSTALLED = join('node_modules', '.package-lock.json');

/** Reads each file's stamp once: for a pass over builds that share most of their inputs. */
export function createStampOf(): StampOf {
  const known = new Map<string, string>();
  return (file) => {
    const stamp = known.get(file) ?? readStamp(file);
    known.set(file, stamp);
    return stamp;
  };
}

/**
 * Stamps a build's inputs. Installed packages are not looked at one by one: npm rewrites
 * `node_modules/.package-lock.json` whenever it changes one of them.
 */
export function stampInputs(
  files: readonly string[],
  root: string,
  startedAtMs: number,
): FileStamps {
  const installed = `${sep}node_modules${sep}`;
  const watched = [...SETTINGS, INSTALLED].map((name) => join(root, name));
  const own = files.filter((file) => !file.includes(installed));
  return Object.fromEntries(
    [...watched, ...own].map((file) => [relative(root, file), stampBefore(file, startedAtMs)]),
  );
}

/** Tells whether every file still looks as it did. */
export function isUnchanged(stamps: FileStamps, root: string, stampOf: StampOf): boolean {
  return Object.entries(stamps).every(([file, stamp]) => stampOf(resolve(root, file)) === stamp);
}

/** A file that changed while it was being built gets a stamp that never fits. */
function stampBefore(file: string, startedAtMs: number): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && stats.mtimeMs >= startedAtMs ? 'changing' : readStamp(file);
}

function readStamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  // Whole milliseconds: copies that keep the times of their originals keep no more.
  return stats === undefined ? 'absent' : `${Math.round(stats.mtimeMs)}:${stats.size}`;
}
