import { createServer, request } from 'node:http';

/** An endpoint that speaks AWS's APIs alone. */
export interface AwsOnlyEndpoint {
  readonly url: string;
  /** What was asked for that AWS has no API for. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/** Passes calls of AWS's APIs on to a rehearsal, and answers 404 to what only a rehearsal has, as AWS would. */
export async function openAwsOnlyEndpoint(rehearsalUrl: string): Promise<AwsOnlyEndpoint> {
  const refused: string[] = [];
  const server = createServer((asked, response) => {
    const path = asked.url ?? '/';
    if (path.startsWith('/_signalbox')) {
      refused.push(`${asked.method} ${path}`);
      response.writeHead(404).end();
      return;
    }
    const headers = { ...asked.headers, host: new URL(rehearsalUrl).host };
    const passed = request(
      `${rehearsalUrl}${path}`,
      { method: asked.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    passed.once('error', () => response.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The endpoint has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
