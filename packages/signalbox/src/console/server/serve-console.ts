import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { foreignRequest } from '../../endpoint/foreign-request.ts';
import type { ConsoleOptions } from './console-options.ts';
import { openConsole } from './open-console.ts';

/** A console that serves itself. */
export interface ServedConsole {
  /** The link that opens it, with the key of this run. */
  readonly url: string;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/**
 * Serves a console on the loopback address alone, to whoever has the key of its link: it acts with the
 * rights of the person who started it.
 *
 * @param port 0 takes any free one.
 */
export async function serveConsole(
  options: Omit<ConsoleOptions, 'prefix' | 'key'>,
  port: number,
): Promise<ServedConsole> {
  const key = randomBytes(24).toString('hex');
  const mount = openConsole({ ...options, prefix: '/console', key });
  const server = createServer((request, response) => {
    const refusal = foreignRequest(request, request.socket.localPort ?? 0);
    const isBelow = /^\/console([/?]|$)/.test(request.url ?? '');
    if (refusal === undefined && isBelow) {
      void mount.handle(request, response);
      return;
    }
    const status = refusal === undefined ? 404 : 403;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: refusal ?? 'The console is at /console' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${LOOPBACK}:${bound}/console?key=${key}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
