import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Folders whose files no one writes by hand: installed packages, caches, the repository's own. */
const NO_SOURCE = /^(\..*|node_modules|__pycache__|venv)$/;

/**
 * Makes a text that changes whenever a file below a folder does: of the names, times and sizes of them all. Of
 * installed packages only the list of npm's counts, which npm rewrites whenever it changes one of them.
 */
export function treeVersion(folder: string): string {
  const hash = createHash('sha256');
  stamp(folder, hash.update.bind(hash));
  return hash.digest('hex');
}

function stamp(folder: string, update: (text: string) => void): void {
  update(stampOf(join(folder, 'node_modules', '.package-lock.json')));
  for (const entry of entriesOf(folder)) {
    if (NO_SOURCE.test(entry.name)) continue;
    const path = join(folder, entry.name);
    update(`${entry.name}\0`);
    if (entry.isDirectory()) stamp(path, update);
    else update(stampOf(path));
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return []; // not there, or no folder
  }
}

/** A file as it looks now. */
export function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 'absent' : `${stats.mtimeMs}:${stats.size}`;
}
