import { type FSWatcher, readdirSync, statSync, watch as watchPath } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type OnBug, ownPromise } from '../core/bugs/own-promise.ts';

/** An editor writes a file in several steps; they count as one change. */
const QUIET_MS = 50;

/** Names of folders that hold no source: what tools install, and what they generate. */
const NO_SOURCE = /^(\..*|node_modules)$/;

/** The files to watch, and the function to call. */
export interface WatchOptions {
  /** The project's root. */
  readonly root: string;
  /** Single files, absolute or relative to the root. A file that is not there yet is seen when it comes. */
  files(): readonly string[];
  /** Folders that are watched with all that is below them. */
  folders(): readonly string[];
  /** A folder that is not watched although it is in one of those, such as what the rehearsal writes itself. */
  readonly ignored?: string | undefined;
  /** Takes the absolute paths of what changed. */
  changed(paths: readonly string[]): Promise<void>;
  /** Notified of what `changed` threw. */
  readonly onBug: OnBug;
}

/** A running watch. */
export interface Watching {
  /** Asks again for the files and the folders. */
  follow(): void;
  stop(): void;
}

/**
 * Calls `changed` after a watched file changed, and then follows what is to be watched now.
 * It watches folders, not files: many editors replace a file, which whoever watches the file misses.
 */
export function watch({ root, changed, ignored, onBug, ...watched }: WatchOptions): Watching {
  let timer: NodeJS.Timeout | undefined;
  const watchers = new Map<string, FSWatcher>();
  let files: ReadonlySet<string> = new Set();
  let trees: ReadonlySet<string> = new Set();
  const seen = new Set<string>();
  let isStopped = false;
  const absolute = (path: string): string => resolve(root, path);
  const isIgnored = (path: string): boolean => ignored !== undefined && path === absolute(ignored);

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      follow();
      const paths = [...seen];
      seen.clear();
      // Another template may name other files.
      void ownPromise(changed(paths), onBug).then(follow);
    }, QUIET_MS);
  }

  /** Watches the folders that are there now, and no longer those that are gone. */
  function follow(): void {
    if (isStopped) return;
    const tops = watched.folders().map(absolute);
    files = new Set([...watched.files().map(absolute), ...tops]);
    trees = new Set(tops.flatMap((top) => foldersBelow(top, isIgnored)));
    const folders = new Set([...trees, ...[...files].map((file) => dirname(file))]);
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder) && isFolder(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (!watchers.has(folder) && isFolder(folder)) watchers.set(folder, watchFolder(folder, saw));
    }
  }

  function saw(folder: string, name: string): void {
    const path = join(folder, name);
    const isInTree = trees.has(folder) && !NO_SOURCE.test(name) && !isIgnored(path);
    if (!isInTree && !files.has(path)) return;
    seen.add(path);
    soon();
  }

  follow();
  return {
    follow,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

function watchFolder(folder: string, saw: (folder: string, name: string) => void): FSWatcher {
  const watcher = watchPath(folder, { persistent: false }, (_event, name) =>
    saw(folder, name ?? ''),
  );
  // A folder that is deleted says so here on some platforms; its parent has seen it too.
  return watcher.on('error', () => watcher.close());
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A folder and all below it that may hold sources; none when it is not there. */
function foldersBelow(folder: string, isIgnored: (path: string) => boolean): readonly string[] {
  const entries = isIgnored(folder) ? undefined : entriesOf(folder);
  if (entries === undefined) return [];
  const below = entries.filter((entry) => entry.isDirectory() && !NO_SOURCE.test(entry.name));
  return [folder, ...below.flatMap(({ name }) => foldersBelow(join(folder, name), isIgnored))];
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined; // not there, or no longer
  }
}
