import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, type Clock, type Json, type KeptMaps, problemText, unkeptMaps } from 'signalbox';
import { parseChargeRequest } from './charge-request.ts';
import {
  type ChargeOutcome,
  createPaymentLedger,
  type LedgerView,
  type RefundOutcome,
} from './payment-ledger.ts';

const MAX_BODY_BYTES = 65_536;

/** The payment provider of the rehearsal, with test cards for each way that a charge can go. */
export interface SandboxPayments {
  /**
   * Serves `POST …/charges`, `GET …/charges/{key}`, `POST …/charges/{key}/refund` and
   * `POST …/payments/{paymentId}/refund`, wherever it is mounted.
   */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The amounts that were charged and given back, for tests that count the money. */
  ledger(): LedgerView;
  /** Empties the books. */
  clear(): void;
}

/** The provider's response; undefined means that it never responds. */
type Answer = { readonly status: number; readonly body: Json } | undefined;

/** Makes the provider; `secrets` returns the bearer tokens of the shops: each shows one of them. */
export function createSandboxPayments({
  clock,
  maps = unkeptMaps,
  secrets,
}: {
  readonly clock: Clock;
  readonly maps?: KeptMaps;
  readonly secrets: () => readonly string[];
}): SandboxPayments {
  const ledger = createPaymentLedger(clock, maps);

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    const { isWhole, body } = await readBody(request);
    if (!isWhole) return undefined;
    const { authorization } = request.headers;
    if (!secrets().some((secret) => isBearer(authorization, secret))) {
      return refusal(401, 'unauthorized', 'Show the secret as a bearer token');
    }
    const { verb, path, key } = routeOf(request);
    switch (verb) {
      case 'POST charges':
        return charge(request.headers['idempotency-key'], body);
      case 'GET charge':
        return look(key);
      case 'POST charges refund':
        return giveBack(ledger.refund(key));
      case 'POST payments refund':
        return giveBack(ledger.refundPayment(key));
    }
    return refusal(404, 'not_found', `There is no ${request.method} ${path}`);
  }

  function charge(key: string | string[] | undefined, body: string | undefined): Answer {
    if (body === undefined) return refusal(413, 'too_large', 'Send at most 64 KiB');
    const parsed = parseChargeRequest(body);
    const hasKey = typeof key === 'string' && key !== '';
    if (!parsed.ok || !hasKey) {
      const keyProblem = hasKey ? [] : ['Idempotency-Key: Send a key in this header'];
      const problems = [...keyProblem, ...(parsed.ok ? [] : parsed.problems.map(problemText))];
      return {
        status: 400,
        body: { code: 'invalid_request', message: problems.join('; '), problems },
      };
    }
    return chargeAnswer(ledger.charge(key, parsed.value));
  }

  function look(key: string): Answer {
    const payment = ledger.find(key);
    if (payment === undefined) return refusal(404, 'not_found', 'Nothing is known under this key');
    const { paymentId, status, amount } = payment;
    return { status: 200, body: { paymentId, status, amount } };
  }

  function giveBack(outcome: RefundOutcome | undefined): Answer {
    if (outcome === undefined) return refusal(404, 'not_found', 'There is no such payment');
    if (outcome.kind === 'failed') return refusal(500, 'internal_error', 'The refund failed');
    return { status: 200, body: { status: outcome.status } };
  }

  return {
    async handle(request, response) {
      const answer = await answerTo(request).catch(notKept);
      // Not answering is what a test card asks for: the connection ends when the shop gives up.
      if (answer === undefined) return;
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    },
    ledger: () => ledger.view(),
    clear: ledger.clear,
  };
}

/** Books that cannot be written take nothing. */
function notKept(error: unknown): Answer {
  if (error instanceof AwsError) return refusal(500, 'internal_error', error.message);
  throw error;
}

function chargeAnswer(outcome: ChargeOutcome): Answer {
  switch (outcome.kind) {
    case 'charged': {
      const { paymentId } = outcome.payment;
      return { status: outcome.isNew ? 201 : 200, body: { paymentId, status: 'charged' } };
    }
    case 'declined':
      return refusal(402, 'card_declined', 'The card was declined');
    case 'voided':
      return refusal(409, 'voided', 'The key was voided before it was charged');
    case 'refunded':
      return refusal(409, 'refunded', 'The charge under this key was given back');
    case 'key-reused':
      return refusal(422, 'idempotency_key_reused', 'The key was used for another charge');
    case 'failed':
      return refusal(500, 'internal_error', 'The charge failed; try it again with the same key');
    case 'silent':
      return undefined;
  }
}

function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { code, message } };
}

function isBearer(header: string | undefined, secret: string): boolean {
  const shown = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}

/** The route of a request: the method with the noun at the end of the path, and the key in it. */
function routeOf({ method, url = '/' }: IncomingMessage) {
  const { pathname } = new URL(url, 'http://provider');
  const refund = /\/(charges|payments)\/([^/]+)\/refund$/.exec(pathname);
  const charge = /\/charges(?:\/([^/]+))?$/.exec(pathname);
  const key = decoded(refund?.[2] ?? charge?.[1] ?? '');
  const one = charge?.[1] === undefined ? 'charges' : 'charge';
  const noun = refund ? `${refund[1]} refund` : charge ? one : 'nothing';
  return { verb: `${method} ${noun}`, path: pathname, key };
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** Reads the body, undefined where it is too long; not whole where the shop hangs up half-way. */
async function readBody(
  request: IncomingMessage,
): Promise<{ readonly isWhole: boolean; readonly body: string | undefined }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      const part = Buffer.from(chunk);
      bytes += part.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(part);
    }
  } catch {
    return { isWhole: false, body: undefined };
  }
  const isShort = bytes <= MAX_BODY_BYTES;
  return { isWhole: true, body: isShort ? Buffer.concat(chunks).toString() : undefined };
}
