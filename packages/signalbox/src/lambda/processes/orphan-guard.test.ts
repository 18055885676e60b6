import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';

/** Starts a guarded process that keeps this one's output open, freezes it, and says where its files are. */
const PARENT = `
import { spawn } from 'node:child_process';
import { startOrphanGuard } from './orphan-guard.ts';
const guard = startOrphanGuard();
const scratch = guard.makeFolder();
const child = spawn('sleep', ['600'], { detached: true, stdio: ['ignore', 'inherit', 'ignore'] });
guard.watch(child.pid);
const ended = spawn('true', { detached: true });
guard.watch(ended.pid)();
process.kill(-child.pid, 'SIGSTOP');
console.log(scratch.path);
setInterval(() => {}, 1000);
`;

test('a killed rehearsal leaves no process of a function behind, not even a frozen one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-guard-test-'));
  const outfile = join(folder, 'parent.mjs');
  const resolveDir = import.meta.dirname;
  await build({
    stdin: { contents: PARENT, resolveDir, loader: 'ts' },
    outfile,
    ...{ bundle: true, platform: 'node', format: 'esm' },
  });
  const parent = spawn(process.execPath, [outfile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout, 'data');
  const scratch = String(line).trim();
  expect(existsSync(scratch)).toBe(true);

  parent.kill('SIGKILL');

  // The output ends when all who have it open have ended: the parent, and the frozen process.
  await once(parent.stdout, 'close');
  rmSync(folder, { recursive: true });
});
