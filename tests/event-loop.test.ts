import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Findings, heldEachTime } from './watchdog/held-each-time.ts';
import { ODD_REQUESTS, type OddRequest, sendOdd } from './watchdog/odd-requests.ts';

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
  rmSync(file, { force: true });
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

/** A server that holds the event loop in `/holds` always, and in `/begins` in the first process alone. */
const HOLDING_SERVER = `const begun = process.env.WATCHDOG_FILE + '.begun';
  const isFirst = !require('node:fs').existsSync(begun);
  require('node:fs').writeFileSync(begun, '');
  require('node:http').createServer((request, response) => {
    const holds = request.url === '/holds' || (request.url === '/begins' && isFirst);
    if (holds) for (let n = 0; n < 1e9; n += 1);
    setTimeout(() => response.end(), 200);
  }).listen(0, '127.0.0.1', function () {
    console.log('Serving AWS at http://127.0.0.1:' + this.address().port);
  });`;

/** Sends requests one after the other, and returns what each was found to do. */
async function findingsOf(
  { held, end }: Watched,
  requests: readonly { readonly name: string; send(): Promise<void> }[],
): Promise<Findings> {
  const findings = new Map<string, string>();
  let seen = 0;
  for (const { name, send } of requests) {
    await send();
    const all = held();
    const found = all.slice(seen).map(({ heldMs, calls }) => `${heldMs} ms: ${calls.join(', ')}`);
    seen = all.length;
    if (found.length > 0) findings.set(name, found.join('; '));
  }
  await end();
  return findings;
}

async function playPaths(paths: readonly string[]): Promise<Findings> {
  const watched = await startWatched('server', ['-e', HOLDING_SERVER]);
  const send = async (path: string) => void (await (await fetch(`${watched.url}${path}`)).text());
  return await findingsOf(
    watched,
    paths.map((name) => ({ name, send: () => send(name) })),
  );
}

async function playOddRequests(): Promise<Findings> {
  const args = [SIGNALBOX, 'start', '--port', '0', '--no-scenarios'];
  const watched = await startWatched('rehearsal', args);
  const failed: string[] = [];
  const send = async (request: OddRequest) => {
    const status = await sendOdd(watched.url, request);
    if (status >= 500) failed.push(`${request.name}: ${status}`);
  };
  const findings = await findingsOf(
    watched,
    ODD_REQUESTS.map((request, at) => ({
      name: `${at}. ${request.name}`,
      send: () => send(request),
    })),
  );
  expect(failed).toEqual([]);
  return findings;
}

describeWatched('the watchdog', () => {
  test('names a call that holds the event loop each time, and none that waits or did so once', async () => {
    const paths = ['/waits', '/holds', '/begins'];
    const first = await playPaths(paths);
    expect([...first.keys()]).toEqual(['/holds', '/begins']);
    const held = await heldEachTime(() => playPaths(paths), 2);
    expect(held).toEqual([
      expect.stringMatching(/^\/holds: \d+ ms: .*\/holds, \d+ ms: .*\/holds$/),
    ]);
  });
});

describeWatched('odd requests', () => {
  test('hold the event loop no longer than 100 ms, and get an answer', async () => {
    expect(await heldEachTime(playOddRequests, 3)).toEqual([]);
  });
});
