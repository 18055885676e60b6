import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** Options of every SDK client and the environment of every command that talk to the engine. */
export interface Engine {
  readonly url: string;
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly environment: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

const REGION = 'us-east-1';
const START_LIMIT_MS = 30_000;

/** Starts MiniStack on a free port of the loopback address. */
export async function startEngine(): Promise<Engine> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    ...process.env,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: REGION,
    AWS_REGION: REGION,
  };
  const child = spawn('.venv/ministack/bin/ministack', {
    env: { ...environment, BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port), LOG_LEVEL: 'ERROR' },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const ended = once(child, 'exit');
  await Promise.race([answers(url), ended.then(() => Promise.reject(new Error('It ended')))]);
  return {
    url,
    environment,
    client: {
      endpoint: url,
      region: REGION,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    async close() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Serves on a free port of the loopback address; the server is to be closed. */
export async function serve(
  listener: RequestListener,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${portOf(server)}`, server };
}

async function freePort(): Promise<number> {
  const { server } = await serve(() => undefined);
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('No TCP address');
  return address.port;
}

async function answers(url: string): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    try {
      if ((await fetch(`${url}/_ministack/health`)).ok) return;
    } catch {
      // It does not listen yet.
    }
    await delay(200);
  }
  throw new Error(`MiniStack did not answer within ${START_LIMIT_MS / 1000} seconds`);
}
