import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { clientOptions, fakeService, startTestEndpoint } from './endpoint-under-test.ts';
import { createPrincipals } from './principals.ts';
import { type EndpointOptions, startEndpoint } from './server.ts';

/** Sends a request as it stands, since fetch does not let one choose the Host header. */
function sendRaw(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    let received = '';
    socket.on('data', (data) => {
      received += data;
    });
    socket.on('end', () => resolve(received));
    socket.on('error', reject);
  });
}

describe('startEndpoint()', () => {
  test('says what it is to a visitor', async () => {
    const endpoint = await startTestEndpoint([fakeService('sqs', '@aws-sdk/client-sqs', {})]);

    const response = await fetch(endpoint.url);

    expect(await response.json()).toEqual({
      name: 'signalbox',
      what: 'A rehearsal of AWS on this machine: point AWS_ENDPOINT_URL here',
      services: ['sqs'],
      mounts: [],
    });
    await endpoint.close();
  });

  test('serves clients when it is opened, and functions before', async () => {
    const sqs = fakeService('sqs', '@aws-sdk/client-sqs', {
      GetQueueUrl: () => ({ QueueUrl: 'q' }),
    });
    const endpoint = await startTestEndpoint([sqs], [], { startsOpen: false });
    const credentials = endpoint.principals.issue('arn:aws:iam::123456789012:role/work');
    const outside = new SQSClient(clientOptions(endpoint.url));
    const inside = new SQSClient({ ...clientOptions(endpoint.url), credentials });
    const command = new GetQueueUrlCommand({ QueueName: 'q' });

    const asked = outside.send(command);
    expect((await fetch(endpoint.url)).status).toBe(503);
    await inside.send(command);
    expect(sqs.seen.map(({ caller }) => caller.arn)).toEqual([
      'arn:aws:iam::123456789012:role/work',
    ]);
    endpoint.open();

    expect(await asked).toMatchObject({ QueueUrl: 'q' });
    expect((await fetch(endpoint.url)).status).toBe(200);
    outside.destroy();
    inside.destroy();
    await endpoint.close();
  });

  test('refuses foreign host names', async () => {
    const { port, close } = await startTestEndpoint([]);
    const get = (host: string) => sendRaw(port, ['GET / HTTP/1.0', `Host: ${host}`]);

    expect(await get(`evil.example:${port}`)).toMatch(/^HTTP\/1.1 403 .*evil\.example/s);
    expect(await get('127.0.0.1:1')).toMatch(/^HTTP\/1.1 403 /);
    expect(await get(`localhost:${port}`)).toMatch(/^HTTP\/1.1 200 /);
    expect(await get(`[::1]:${port}`)).toMatch(/^HTTP\/1.1 200 /);
    expect(await get(`bucket.localhost:${port}`)).toMatch(/^HTTP\/1.1 200 /);
    expect(await get('bucket.localhost:1')).toMatch(/^HTTP\/1.1 403 /);
    expect(await sendRaw(port, ['GET / HTTP/1.0'])).toMatch(/^HTTP\/1.1 403 /);
    await close();
  });

  test('accepts a host name that is allowed, at its own port', async () => {
    const { port, close } = await startTestEndpoint([], [], {
      allowedHosts: ['Host.docker.internal'],
    });
    const get = (host: string) => sendRaw(port, ['GET / HTTP/1.0', `Host: ${host}`]);

    expect(await get(`host.docker.internal:${port}`)).toMatch(/^HTTP\/1.1 200 /);
    expect(await get('host.docker.internal:1')).toMatch(/^HTTP\/1.1 403 /);
    expect(await get(`evil.example:${port}`)).toMatch(/^HTTP\/1.1 403 /);
    await close();
  });

  test('listens on an address that is given, and names it', async () => {
    const second = await startTestEndpoint([], [], { address: '127.0.0.2' });
    const wildcard = await startTestEndpoint([], [], { address: '0.0.0.0' });

    expect(second.url).toBe(`http://127.0.0.2:${second.port}`);
    expect((await fetch(second.url)).status).toBe(200);
    expect(wildcard.url).toBe(`http://127.0.0.1:${wildcard.port}`);
    await Promise.all([second.close(), wildcard.close()]);
  });

  test('says when the machine has no such address', async () => {
    await expect(startTestEndpoint([], [], { address: '192.0.2.1' })).rejects.toThrow(
      'This machine has no address 192.0.2.1: name one of its own',
    );
  });

  test('refuses what other web sites make a browser send', async () => {
    const { port, close } = await startTestEndpoint([]);
    const get = (path: string, ...headers: string[]) =>
      sendRaw(port, [`GET ${path} HTTP/1.0`, `Host: 127.0.0.1:${port}`, ...headers]);

    expect(await get('/', 'Origin: https://evil.example')).toMatch(/^HTTP\/1.1 403 /);
    expect(await get('/', 'Origin: null')).toMatch(/^HTTP\/1.1 403 /);
    expect(await get('/', 'Sec-Fetch-Site: cross-site')).toMatch(/^HTTP\/1.1 403 /);
    expect(await get('/', `Origin: http://localhost:${port}`)).toMatch(/^HTTP\/1.1 200 /);
    const link = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate'];
    expect(await get('/', ...link)).toMatch(/^HTTP\/1.1 200 /);
    expect(await get('/?Action=Publish', ...link)).toMatch(/^HTTP\/1.1 403 /);
    await close();
  });

  test('hands a mount its path and everything below', async () => {
    const paths: (string | undefined)[] = [];
    const { url, close } = await startTestEndpoint(
      [],
      [
        {
          prefix: '/_aws/console',
          handle(request, response) {
            paths.push(request.url);
            response.end('here');
          },
        },
      ],
    );

    await fetch(`${url}/_aws/console`);
    const below = await fetch(`${url}/_aws/console/a?b=c`);
    const beside = await fetch(`${url}/_aws/consoles`);

    expect(paths).toEqual(['/_aws/console', '/_aws/console/a?b=c']);
    expect(await below.text()).toBe('here');
    expect(beside.status).toBe(403);
    await close();
  });

  test('survives a mount that throws, and reports it', async () => {
    const { url, close, bugs } = await startTestEndpoint(
      [],
      [
        {
          prefix: '/broken',
          handle() {
            throw new Error('a bug');
          },
        },
      ],
    );

    await expect(fetch(`${url}/broken`)).rejects.toThrow();

    expect(bugs).toEqual([new Error('a bug')]);
    expect((await fetch(url)).status).toBe(200);
    await close();
  });

  test('notifies a long poll when its client hangs up', async () => {
    const leaving = new AbortController();
    const notices = new EventEmitter();
    const noticed = once(notices, 'hung up');
    const service = fakeService('sqs', '@aws-sdk/client-sqs', {
      async ReceiveMessage(_input, { signal = leaving.signal }) {
        const hungUp = once(signal, 'abort');
        leaving.abort();
        await hungUp;
        notices.emit('hung up', signal !== leaving.signal);
        return {};
      },
    });
    const endpoint = await startTestEndpoint([{ ...service, longPolls: ['ReceiveMessage'] }]);
    const client = new SQSClient(clientOptions(endpoint.url));

    const polled = client.send(new ReceiveMessageCommand({ QueueUrl: 'q' }), {
      abortSignal: leaving.signal,
    });

    await expect(polled).rejects.toMatchObject({ name: 'AbortError' });
    expect(await noticed).toEqual([true]);
    await endpoint.close();
    expect(endpoint.bugs).toEqual([]);
  });

  test('says that a port is taken and how to choose another', async () => {
    const first = await startTestEndpoint([]);
    const options: EndpointOptions = {
      port: first.port,
      registry: first.registry,
      principals: createPrincipals({ accountId: '123456789012' }),
      onBug: () => undefined,
    };

    await expect(startEndpoint(options)).rejects.toMatchObject({
      name: 'UserError',
      code: 'port-busy',
      message: `Port ${first.port} is taken: stop what listens on it, or choose another with --port N (0 takes any free one)`,
    });
    await first.close();
  });

  test('lets a request under way end before it closes', async () => {
    let respond = (): void => undefined;
    let arrived = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const sqs = fakeService('sqs', '@aws-sdk/client-sqs', {
      GetQueueUrl: () =>
        new Promise((resolve) => {
          respond = () => resolve({ QueueUrl: 'http://q' });
          arrived();
        }),
    });
    const endpoint = await startTestEndpoint([sqs]);
    const client = new SQSClient(clientOptions(endpoint.url));

    const sent = client.send(new GetQueueUrlCommand({ QueueName: 'q' }));
    await asked;
    const closed = endpoint.close();
    respond();

    expect((await sent).QueueUrl).toBe('http://q');
    client.destroy();
    await closed;
    await expect(fetch(endpoint.url)).rejects.toThrow();
  });
});
