import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The server of the web tier in a process of its own, as systemd starts it. */
export interface WebServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts `web/server.mjs` on a free port, and waits until it serves. */
export async function startWebServer(
  environment: Readonly<Record<string, string>>,
): Promise<WebServer> {
  const child = spawn(process.execPath, ['web/server.mjs'], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const { port } = JSON.parse(String(line));
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
