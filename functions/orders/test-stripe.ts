import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Answer,
  answerOf,
  failure,
  type Intent,
  type StripeBooks,
} from './test-stripe-books.ts';

/** What becomes of a request's answer: `lost` is done and never answered, `refused` is not done at all. */
export type Fate = 'answered' | 'lost' | 'refused';

/** A Stripe of the shapes that its API reference documents, as far as the client uses them. */
export interface TestStripe {
  readonly url: string;
  /** The requests that arrived, such as `POST /v1/payment_intents`. */
  readonly requests: string[];
  /** The fates of the next requests; those after them are answered. */
  fates: Fate[];
  readonly books: StripeBooks;
  /** Forgets idempotency keys, as Stripe may after a day. */
  forgetKeys(): void;
  intents(): readonly Intent[];
  close(): void;
}

/** Starts it on loopback, with the secret key `sk_test`. */
export async function startTestStripe(): Promise<TestStripe> {
  const books: StripeBooks = { intents: new Map(), isSearchable: false };
  const saved = new Map<string, { readonly text: string; readonly answer: Answer }>();
  const server: Server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    stripe.requests.push(`${request.method} ${new URL(request.url ?? '', 'http://x').pathname}`);
    const fate = stripe.fates.shift() ?? 'answered';
    if (fate === 'refused') {
      response.writeHead(503).end('{}');
      return;
    }
    const { status, body } = answerOnce(request, text);
    if (fate === 'lost') {
      response.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });

  function answerOnce(request: IncomingMessage, text: string): Answer {
    if (request.headers.authorization !== 'Bearer sk_test') return failure(401, 'invalid_api_key');
    const key = request.headers['idempotency-key']?.toString();
    const known = key === undefined ? undefined : saved.get(key);
    if (known !== undefined) {
      // Stripe: a key that is used with other parameters is an error.
      return known.text === text ? known.answer : failure(400, 'idempotency_key_in_use');
    }
    const answer = answerOf(books, { method: request.method ?? '', url: request.url ?? '', text });
    if (key !== undefined) saved.set(key, { text, answer });
    return answer;
  }

  const stripe: TestStripe = {
    url: '',
    requests: [],
    fates: [],
    books,
    forgetKeys: () => saved.clear(),
    intents: () => [...books.intents.values()],
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(stripe, { url: `http://127.0.0.1:${port}/v1` });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
