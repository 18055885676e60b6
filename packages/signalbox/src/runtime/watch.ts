import { type FSWatcher, readdirSync, watch as watchPath } from 'node:fs';
import { join } from 'node:path';

/** Files and folders of the project's root that a person edits. */
const WATCHED_FILES: ReadonlySet<string> = new Set(['template.yaml', 'samconfig.toml']);
const WATCHED_FOLDERS: readonly string[] = ['statemachines', 'functions', 'stacks'];

/** An editor writes a file in several steps; they count as one change. */
const QUIET_MS = 50;

/**
 * Calls `changed` after files that the app is made of changed; answers what stops it.
 * It watches folders, not files: many editors replace a file, which whoever watches the file misses.
 */
export function watch(root: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watchers = new Map<string, FSWatcher>();

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      follow();
      changed();
    }, QUIET_MS);
  }

  /** Watches the folders that are there now, and no longer those that are gone. */
  function follow(): void {
    const folders = new Set(WATCHED_FOLDERS.flatMap((name) => foldersBelow(join(root, name))));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (!watchers.has(folder)) watchers.set(folder, watchFolder(folder, soon));
    }
  }

  const top = watchFolder(root, (name) => {
    if (WATCHED_FILES.has(name) || WATCHED_FOLDERS.includes(name)) soon();
  });
  follow();
  return () => {
    clearTimeout(timer);
    for (const watcher of [top, ...watchers.values()]) watcher.close();
  };
}

function watchFolder(folder: string, changed: (name: string) => void): FSWatcher {
  const watcher = watchPath(folder, { persistent: false }, (_event, name) => changed(name ?? ''));
  // A folder that is deleted says so here on some platforms; its parent has seen it too.
  return watcher.on('error', () => watcher.close());
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
