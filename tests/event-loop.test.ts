import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ODD_REQUESTS, sendOdd } from './watchdog/odd-requests.ts';

const SIGNALBOX = resolve('packages/signalbox/bin/signalbox.mjs');
const WATCHDOG = resolve('tests/watchdog/watch-loop.mjs');
/** Where a system does not say how long a thread had the processor, nothing can be watched. */
const isWatchable = existsSync('/proc/thread-self/schedstat');
if (!isWatchable) process.stderr.write('Skipped tests/event-loop.test.ts: it needs Linux\n');
const describeWatched = isWatchable ? describe : describe.skip;
const folder = mkdtempSync(join(tmpdir(), 'signalbox-watched-'));

/** A process with the watchdog in it. */
interface Watched {
  readonly url: string;
  /** The calls that held the event loop so far. */
  held(): readonly { readonly heldMs: number; readonly calls: readonly string[] }[];
  end(): Promise<void>;
}

async function startWatched(name: string, args: readonly string[]): Promise<Watched> {
  const file = join(folder, `${name}.jsonl`);
  const child: ChildProcess = spawn(process.execPath, ['--import', WATCHDOG, ...args], {
    cwd: join(folder, 'hello-sam'),
    env: { ...process.env, AWS_ENDPOINT_URL: undefined, WATCHDOG_FILE: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((found, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [, address] = /Serving AWS at (\S+)/.exec(said) ?? [];
        if (address !== undefined) found(address);
      });
    }
    child.once('exit', () => reject(new Error(`It ended before it served: ${said}`)));
  });
  return {
    url,
    held: () =>
      (existsSync(file) ? readFileSync(file, 'utf8') : '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    async end() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

beforeAll(() => {
  cpSync('packages/signalbox/examples/hello-sam', join(folder, 'hello-sam'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWatched('the watchdog', () => {
  test('says which call held the event loop, and none that waited', async () => {
    const server = `require('node:http').createServer((request, response) => {
      if (request.url === '/holds') for (let n = 0; n < 1e9; n += 1);
      setTimeout(() => response.end(), 200);
    }).listen(0, '127.0.0.1', function () {
      console.log('Serving AWS at http://127.0.0.1:' + this.address().port);
    });`;
    const { url, held, end } = await startWatched('server', ['-e', server]);
    for (const path of ['/waits', '/holds', '/waits']) await (await fetch(`${url}${path}`)).text();
    await end();
    expect(held()).toEqual([{ heldMs: expect.any(Number), calls: ['GET /holds'] }]);
  });
});

describeWatched('odd requests', () => {
  test('hold the event loop no longer than 100 ms, and get an answer', async () => {
    const args = [SIGNALBOX, 'start', '--port', '0', '--no-scenarios'];
    const { url, held, end } = await startWatched('rehearsal', args);
    const failed: string[] = [];
    for (const request of ODD_REQUESTS) {
      const status = await sendOdd(url, request);
      if (status >= 500) failed.push(`${request.name}: ${status}`);
      const found = held().map(({ heldMs, calls }) => `${heldMs} ms: ${calls.join(', ')}`);
      if (found.length > 0) failed.push(`${request.name}: ${found.join('; ')}`);
    }
    await end();
    expect(failed).toEqual([]);
  });
});
