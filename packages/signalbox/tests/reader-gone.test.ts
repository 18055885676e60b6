import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const SIGNALBOX = resolve('packages/signalbox/bin/signalbox.mjs');
const root = mkdtempSync(join(tmpdir(), 'signalbox-reader-'));

beforeAll(() => cpSync('packages/signalbox/examples/hello-sam', root, { recursive: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Starts a rehearsal whose remarks somebody reads until it serves. */
async function startRead(): Promise<ReturnType<typeof spawn>> {
  const args = [SIGNALBOX, 'start', '--port', '0', '--no-scenarios'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  for await (const chunk of child.stderr) {
    said += String(chunk);
    if (said.includes('Serving AWS at')) return child; // leaving the loop closes the pipe
  }
  throw new Error(`It ended before it served: ${said}`);
}

test('a rehearsal whose reader is gone ends with its next remark', async () => {
  const child = await startRead();
  const ended = once(child, 'exit');
  appendFileSync(join(root, 'template.yaml'), '\n# changed\n'); // it says that it has read it again
  expect(await ended).toEqual([0, null]);
});
