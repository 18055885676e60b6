import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { createPaymentClient } from '../../functions/orders/payment-client.ts';
import { createCachedSecret } from '../../functions/orders/payment-secret.ts';
import { createTestClock } from '../../packages/signalbox/src/core/test-clock.ts';
import { CARD_TOKENS } from './payment-ledger.ts';
import { createSandboxPayments } from './payments.ts';

interface Operation {
  readonly operationId: string;
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}

interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly request: unknown;
  readonly status: number;
  readonly response: unknown;
}

const ROOT = '/v1';
const contract: Contract = JSON.parse(
  readFileSync('docs/payments/payment-provider.openapi.json', 'utf8'),
);
const ajv = new Ajv({ allErrors: true, strict: false }).addSchema(contract, 'contract');
const exchanges: Exchange[] = [];
let server: Server;
let baseUrl: string;

beforeEach(async () => {
  exchanges.length = 0;
  const payments = createSandboxPayments({ clock: createTestClock(), secrets: () => ['s3cret'] });
  server = createServer((request, response) => {
    const sent = sentBy(request);
    const end = response.end.bind(response);
    response.end = (text?: unknown) => {
      void sent.then((body) => note(request, body, response.statusCode, String(text)));
      return end(text);
    };
    void payments.handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  baseUrl = `http://127.0.0.1:${port}${ROOT}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function sentBy(request: IncomingMessage): Promise<string> {
  let text = '';
  request.on('data', (chunk) => {
    text += String(chunk);
  });
  await once(request, 'end');
  return text;
}

function note(request: IncomingMessage, body: string, status: number, text: string): void {
  exchanges.push({
    method: (request.method ?? '').toLowerCase(),
    path: (request.url ?? '').slice(ROOT.length),
    key: request.headers['idempotency-key']?.toString(),
    request: body === '' ? undefined : JSON.parse(body),
    status,
    response: JSON.parse(text),
  });
}

/** The operation of an exchange, and where in the contract it stands. */
function operationOf({ method, path }: Exchange) {
  for (const [template, methods] of Object.entries(contract.paths)) {
    const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
    const operation = methods[method];
    if (operation !== undefined && pattern.test(path)) return { template, operation };
  }
  throw new RangeError(`The contract has no ${method} ${path}`);
}

function fits(pointer: string, value: unknown): void {
  const validate = ajv.compile({ $ref: `contract#${pointer}` });
  validate(value);
  expect({ pointer, value, errors: validate.errors }).toEqual({ pointer, value, errors: null });
}

const SCHEMA = '/content/application~1json/schema';

function holdsToContract(exchange: Exchange): void {
  const { template, operation } = operationOf(exchange);
  const place = `/paths/${template.replaceAll('/', '~1')}/${exchange.method}`;
  if (operation.operationId === 'charge') expect(exchange.key).toMatch(/./);
  if (operation.requestBody === undefined) expect(exchange.request).toBeUndefined();
  else if (exchange.status !== 400) fits(`${place}/requestBody${SCHEMA}`, exchange.request);
  const response = operation.responses[exchange.status];
  expect({ place, status: exchange.status, isKnown: response !== undefined }).toMatchObject({
    isKnown: true,
  });
  const isRefused = response !== undefined && '$ref' in response;
  const responses = isRefused
    ? '/components/responses/Refused'
    : `${place}/responses/${exchange.status}`;
  fits(`${responses}${SCHEMA}`, exchange.response);
}

const key = fc.constantFrom('a', 'b/c');
const cardToken = fc.constantFrom(
  ...Object.keys(CARD_TOKENS).filter((token) => !token.startsWith('tok_timeout')),
  'no card at all',
);
const call = fc.oneof(
  fc.record({
    kind: fc.constant('charge' as const),
    key,
    cardToken,
    amount: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('lookUp' as const), key }),
  fc.record({
    kind: fc.constant('refund' as const),
    key,
    paymentId: fc.constantFrom('', 'pay_none'),
  }),
);

test('every request of the client and every answer of the sandbox hold to the contract', async () => {
  const seen = new Set<string>();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 4, maxLength: 12 }), async (calls) => {
      const client = createPaymentClient({
        baseUrl,
        timeoutMs: 5_000,
        secret: createCachedSecret(async () => 's3cret'),
      });
      let paid = '';
      run += 1;
      for (const one of calls) {
        const ownKey = `${run}-${one.key}`;
        try {
          if (one.kind === 'charge') {
            const { amount, cardToken: card } = one;
            const charge = { orderId: 'ord-1', amount, currency: 'EUR', cardToken: card };
            paid = (await client.charge(ownKey, charge)).paymentId;
          } else if (one.kind === 'lookUp') await client.lookUp(ownKey);
          else
            await client.refund({
              key: ownKey,
              paymentId: one.paymentId && (paid || one.paymentId),
            });
        } catch (error) {
          if (!(error instanceof Error && error.name.startsWith('Payment'))) throw error;
        }
      }
      for (const exchange of exchanges) {
        holdsToContract(exchange);
        seen.add(`${operationOf(exchange).operation.operationId} ${exchange.status}`);
      }
      exchanges.length = 0;
    }),
    { numRuns: 150, seed: 7 },
  );

  expect([...seen].sort()).toEqual([
    'charge 200',
    'charge 201',
    'charge 400',
    'charge 402',
    'charge 409',
    'charge 422',
    'charge 500',
    'lookUp 200',
    'lookUp 404',
    'refundById 200',
    'refundById 404',
    'refundById 500',
    'refundByKey 200',
    'refundByKey 500',
  ]);
});

test('a client without the secret is refused as the contract says', async () => {
  const secret = createCachedSecret(async () => 'other');
  const client = createPaymentClient({ baseUrl, timeoutMs: 5_000, secret });

  await expect(client.lookUp('a')).rejects.toMatchObject({ name: 'PaymentRequestRefusedError' });

  expect(exchanges.map(({ status }) => status)).toEqual([401, 401]);
  for (const exchange of exchanges) holdsToContract(exchange);
});
