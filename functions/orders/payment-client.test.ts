import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createPaymentClient } from './payment-client.ts';
import { createCachedSecret } from './payment-secret.ts';

interface Received {
  readonly line: string;
  readonly key: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Starts a provider on loopback that returns `[status, body]`, or never where that is undefined. */
async function startProvider(
  answers: readonly (readonly [number, unknown] | undefined)[],
): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const left = [...answers];
  const server = createServer(async (request, response) => {
    received.push(await read(request));
    const answer = left.shift();
    if (answer === undefined) return;
    response.writeHead(answer[0], { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer[1]));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, received };
}

async function read(request: IncomingMessage): Promise<Received> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return {
    line: `${request.method} ${request.url}`,
    key: request.headers['idempotency-key']?.toString(),
    authorization: request.headers.authorization,
    body,
  };
}

function clientOf(baseUrl: string, timeoutMs = 5_000) {
  let version = 0;
  const secret = createCachedSecret(async () => {
    version += 1;
    return `secret-${version}`;
  });
  return createPaymentClient({ baseUrl, timeoutMs, secret });
}

const charge = { orderId: 'ord-1', amount: 4_900, currency: 'EUR', cardToken: 'tok_approve' };

describe('charge()', () => {
  test('posts the charge under its key, with the secret', async () => {
    const { url, received } = await startProvider([
      [201, { paymentId: 'pay_1', status: 'charged' }],
    ]);

    const payment = await clientOf(url).charge('ord-1-charge', charge);

    expect(payment).toEqual({ paymentId: 'pay_1', status: 'charged' });
    expect(received).toEqual([
      {
        line: 'POST /v1/charges',
        key: 'ord-1-charge',
        authorization: 'Bearer secret-1',
        body: JSON.stringify(charge),
      },
    ]);
  });

  test.each([
    [402, { code: 'card_declined', message: 'Declined' }, 'PaymentDeclinedError'],
    [409, { code: 'voided' }, 'PaymentVoidedError'],
    [429, {}, 'PaymentUnavailableError'],
    [500, {}, 'PaymentUnavailableError'],
    [503, 'not an object', 'PaymentUnavailableError'],
    [422, {}, 'PaymentRequestRefusedError'],
  ])('names an answer of %i', async (status, body, name) => {
    const { url } = await startProvider([[status, body]]);

    await expect(clientOf(url).charge('k', charge)).rejects.toMatchObject({ name });
  });

  test('takes no other answer for a charge', async () => {
    const { url } = await startProvider([[200, { paymentId: 'pay_1', status: 'refunded' }]]);

    await expect(clientOf(url).charge('k', charge)).rejects.toMatchObject({ name: 'ValiError' });
  });

  test('calls a provider that does not answer a time-out: nobody knows what it did', async () => {
    const { url } = await startProvider([undefined]);

    await expect(clientOf(url, 30).charge('k', charge)).rejects.toMatchObject({
      name: 'PaymentTimeoutError',
      message: 'The payment provider did not answer within 30 ms',
    });
  });

  test('calls a provider that cannot be reached unavailable', async () => {
    const { url } = await startProvider([]);
    for (const server of servers.splice(0)) {
      await new Promise((resolve) => server.close(resolve));
    }

    await expect(clientOf(url).charge('k', charge)).rejects.toMatchObject({
      name: 'PaymentUnavailableError',
    });
  });

  test('reads the secret again when the provider refuses it, once', async () => {
    const rotated = await startProvider([
      [401, {}],
      [201, { paymentId: 'pay_1', status: 'charged' }],
    ]);
    const refused = await startProvider([
      [401, {}],
      [401, {}],
    ]);

    await clientOf(rotated.url).charge('k', charge);

    expect(rotated.received.map(({ authorization }) => authorization)).toEqual([
      'Bearer secret-1',
      'Bearer secret-2',
    ]);
    await expect(clientOf(refused.url).charge('k', charge)).rejects.toMatchObject({
      name: 'PaymentRequestRefusedError',
    });
  });
});

describe('lookUp()', () => {
  test('reads what became of a charge', async () => {
    const { url, received } = await startProvider([
      [200, { paymentId: 'pay_1', status: 'charged', amount: 4_900 }],
    ]);

    expect(await clientOf(url).lookUp('a/b-charge')).toMatchObject({
      paymentId: 'pay_1',
      status: 'charged',
    });
    expect(received[0]?.line).toBe('GET /v1/charges/a%2Fb-charge');
  });

  test('answers none for a key that the provider never saw', async () => {
    const { url } = await startProvider([[404, {}]]);

    expect(await clientOf(url).lookUp('k')).toEqual({ status: 'none' });
  });
});

describe('refund()', () => {
  test.each(['refunded', 'voided'])('answers that the charge is %s', async (status) => {
    const { url, received } = await startProvider([
      [200, { status }],
      [200, { status }],
    ]);

    expect(await clientOf(url).refund({ key: 'k', paymentId: 'pay_1' })).toEqual({ status });
    expect(await clientOf(url).refund({ key: 'k', paymentId: '' })).toEqual({ status });
    expect(received.map(({ line }) => line)).toEqual([
      'POST /v1/payments/pay_1/refund',
      'POST /v1/charges/k/refund',
    ]);
  });
});
