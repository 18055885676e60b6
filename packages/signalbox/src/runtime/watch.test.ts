import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { watch } from './watch.ts';

let root: string;
let stop: () => void;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'signalbox-watch-'));
  mkdirSync(join(root, 'parts/deep'), { recursive: true });
});
afterEach(() => {
  stop();
  rmSync(root, { recursive: true });
});

/** Watches, and emits `changed` after each change. */
function watched(options: { sources: readonly string[]; next?: readonly string[] }): EventEmitter {
  const emitter = new EventEmitter();
  let { sources } = options;
  stop = watch({
    root,
    sources: () => sources,
    changed: () => {
      sources = options.next ?? sources;
      // Whoever waits goes on after the new files are watched.
      setImmediate(() => emitter.emit('changed'));
      return Promise.resolve();
    },
  });
  return emitter;
}

describe('watch()', () => {
  test.each(['app.yaml', 'parts/deep/shop.yaml', 'samconfig.toml'])(
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
});
