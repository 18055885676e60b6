import { type FSWatcher, readdirSync, statSync, watch as watchPath } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folders of the project's root that a person edits, watched with all that is below them. */
const WATCHED_FOLDERS: readonly string[] = ['statemachines', 'functions', 'stacks'];

/** An editor writes a file in several steps; they count as one change. */
const QUIET_MS = 50;

/** What to watch, and whom to call. */
export interface WatchOptions {
  /** The project's root. */
  readonly root: string;
  /** The files that the app was read from, relative to the root: they may be in any folder. */
  sources(): readonly string[];
  /** Reads the app again. */
  changed(): Promise<void>;
}

/**
 * Calls `changed` after files that the app is made of changed; returns what stops it.
 * It watches folders, not files: many editors replace a file, which whoever watches the file misses.
 */
export function watch({ root, sources, changed }: WatchOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watchers = new Map<string, FSWatcher>();
  let files: ReadonlySet<string> = new Set();
  let trees: ReadonlySet<string> = new Set();
  let isStopped = false;

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      follow();
      // Another template may name other files.
      void changed().finally(follow);
    }, QUIET_MS);
  }

  /** Watches the folders that are there now, and no longer those that are gone. */
  function follow(): void {
    if (isStopped) return;
    files = new Set(['samconfig.toml', ...sources()].map((file) => join(root, file)));
    trees = new Set(WATCHED_FOLDERS.flatMap((name) => foldersBelow(join(root, name))));
    const folders = new Set([root, ...trees, ...[...files].map(dirname).filter(isFolder)]);
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (!watchers.has(folder)) watchers.set(folder, watchFolder(folder, saw));
    }
  }

  function saw(folder: string, name: string): void {
    const isTree = folder === root && WATCHED_FOLDERS.includes(name);
    if (trees.has(folder) || files.has(join(folder, name)) || isTree) soon();
  }

  follow();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
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

/** A folder and all below it; none when it is not there. */
function foldersBelow(folder: string): readonly string[] {
  const entries = entriesOf(folder);
  if (entries === undefined) return [];
  const below = entries.filter((entry) => entry.isDirectory());
  return [folder, ...below.flatMap(({ name }) => foldersBelow(join(folder, name)))];
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined; // not there, or no longer
  }
}
