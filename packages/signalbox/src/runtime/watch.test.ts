import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { watch } from './watch.ts';

let root: string;
let stop: () => void;

let bugs: unknown[];

beforeEach(() => {
  bugs = [];
  root = mkdtempSync(join(tmpdir(), 'signalbox-watch-'));
  mkdirSync(join(root, 'parts/deep'), { recursive: true });
});
afterEach(() => expect(bugs).toEqual([]));
afterEach(() => {
  stop();
  rmSync(root, { recursive: true });
});

/** Watches, and emits `changed` after each change. */
function watched(options: {
  sources: readonly string[];
  next?: readonly string[];
  paths?: string[];
}): EventEmitter {
  const emitter = new EventEmitter();
  let { sources } = options;
  ({ stop } = watch({
    root,
    files: () => sources,
    folders: () => ['code'],
    ignored: 'code/store',
    onBug: (bug) => bugs.push(bug),
    changed: (paths) => {
      options.paths?.push(...paths);
      sources = options.next ?? sources;
      // Whoever waits goes on after the new files are watched.
      setImmediate(() => emitter.emit('changed'));
      return Promise.resolve();
    },
  }));
  return emitter;
}

describe('watch()', () => {
  test.each(['app.yaml', 'parts/deep/shop.yaml'])(
    'sees a change of %s, which the app was read from',
    async (file) => {
      const emitter = watched({ sources: ['app.yaml', 'parts/deep/shop.yaml'] });
      const change = once(emitter, 'changed');
      writeFileSync(join(root, file), 'Resources: {}');
      await expect(change).resolves.toEqual([]);
    },
  );

  test('sees a change of a file that the template names since it was read again', async () => {
    const emitter = watched({ sources: ['app.yaml'], next: ['app.yaml', 'parts/shop.yaml'] });
    const first = once(emitter, 'changed');
    writeFileSync(join(root, 'app.yaml'), 'Resources: {}');
    await first;

    const second = once(emitter, 'changed');
    writeFileSync(join(root, 'parts/shop.yaml'), 'Resources: {}');
    await expect(second).resolves.toEqual([]);
  });

  test('sees a change anywhere in a folder, and a folder that comes later', async () => {
    const emitter = watched({ sources: [] });
    const first = once(emitter, 'changed');
    mkdirSync(join(root, 'code/deep'), { recursive: true });
    await first;

    const second = once(emitter, 'changed');
    writeFileSync(join(root, 'code/deep/handler.ts'), '');
    await expect(second).resolves.toEqual([]);
  });

  test('does not see what is installed, hidden or ignored in a folder', async () => {
    for (const name of ['node_modules', '.cache', 'store']) {
      mkdirSync(join(root, 'code', name), { recursive: true });
    }
    const paths: string[] = [];
    const emitter = watched({ sources: [], paths });
    const change = once(emitter, 'changed');
    for (const name of ['node_modules', '.cache', 'store', '.']) {
      writeFileSync(join(root, 'code', name, 'a.js'), '');
    }
    await change;
    expect(paths).toEqual([join(root, 'code/a.js')]);
  });
});
