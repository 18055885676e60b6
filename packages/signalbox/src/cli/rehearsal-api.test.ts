import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { askRehearsal } from './rehearsal-api.ts';
import { createSession } from './session.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A session that talks to a server on loopback. */
async function sessionWith(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const nowhere = { write: () => true };
  const endpointUrl = `http://127.0.0.1:${port}`;
  return createSession(
    { endpointUrl },
    { stdout: nowhere, stderr: nowhere, plugins: async () => [] },
  );
}

const request = { path: '/_signalbox/resources', command: 'resources show' };

describe('askRehearsal()', () => {
  test('says that an endpoint which never responds is no rehearsal', async () => {
    const session = await sessionWith(() => undefined);

    await expect(askRehearsal(session, request, 20)).rejects.toThrow(
      `${session.endpoint} is no rehearsal: "resources show" needs one`,
    );
  });

  test('says so too when a response begins and does not end', async () => {
    const session = await sessionWith((_request, response) => void response.write('{'));

    await expect(askRehearsal(session, request, 20)).rejects.toThrow(/is no rehearsal/);
  });

  test('says so too when another server responds with 404', async () => {
    const session = await sessionWith((_request, response) => void response.writeHead(404).end());

    await expect(askRehearsal(session, request)).rejects.toThrow(/is no rehearsal/);
  });

  test('returns what a rehearsal responds with', async () => {
    const session = await sessionWith(({ url }, response) => {
      response.end(JSON.stringify(url === '/' ? { name: 'signalbox' } : { url }));
    });

    expect(await askRehearsal(session, request)).toEqual({
      url: '/_signalbox/resources?region=us-east-1',
    });
  });
});
