import { watch as watchPath } from 'node:fs';
import { join } from 'node:path';

/** What a person edits: files and folders of the project's root. */
const WATCHED = [
  'template.yaml',
  'samconfig.toml',
  'statemachines',
  'functions',
  'stacks',
] as const;

/** An editor writes a file in several steps; they count as one change. */
const QUIET_MS = 50;

/** Calls `changed` after files that the app is made of changed; answers what stops it. */
export function watch(root: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET_MS);
  };
  const watchers = WATCHED.flatMap((name) => {
    try {
      const watcher = watchPath(join(root, name), { recursive: !name.includes('.') }, soon);
      watcher.unref();
      return [watcher];
    } catch (error) {
      // What is not there is not watched; anything else is worth hearing of.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
