import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, settlePromises } from '../../packages/signalbox/src/core/test-clock.ts';
import { createTestMaps } from '../../packages/signalbox/src/store/test-kept-maps.ts';
import { createSandboxPayments, type SandboxPayments } from './payments.ts';
import { simulatedPayments } from './simulated-payments.ts';

let payments: SandboxPayments;
let server: Server;
let url: string;

beforeEach(async () => {
  payments = createSandboxPayments({ clock: createTestClock(), secrets: () => ['s3cret'] });
  server = createServer((request, response) => void payments.handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/sandbox/payments`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface Call {
  readonly key?: string;
  readonly body?: unknown;
  readonly bearer?: string;
  readonly signal?: AbortSignal;
}

async function call(method: string, path: string, { key, body, bearer, signal }: Call = {}) {
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: bearer ?? 'Bearer s3cret',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  });
  return { status: response.status, body: await response.json() };
}

function charge(key: string, cardToken: string, more: object = {}, signal?: AbortSignal) {
  const body = { orderId: 'o-1', amount: 1250, currency: 'EUR', cardToken, ...more };
  return call('POST', '/charges', { key, body, ...(signal && { signal }) });
}

describe('POST /charges', () => {
  test('charges once for a key, and answers the same again', async () => {
    const first = await charge('k', 'tok_approve');
    const second = await charge('k', 'tok_approve');

    expect(first).toMatchObject({ status: 201, body: { status: 'charged' } });
    expect(second).toEqual({ status: 200, body: first.body });
    expect(payments.ledger().net).toEqual({ EUR: 1250 });
  });

  test('refuses a key that is used for another charge', async () => {
    await charge('k', 'tok_approve');

    expect(await charge('k', 'tok_approve', { amount: 1 })).toMatchObject({ status: 422 });
  });

  test('declines, and fails once for each key', async () => {
    expect(await charge('d', 'tok_decline')).toMatchObject({
      status: 402,
      body: { code: 'card_declined' },
    });
    expect(await charge('e', 'tok_error_once')).toMatchObject({ status: 500 });
    expect(await charge('e', 'tok_error_once')).toMatchObject({ status: 201 });
    expect(await charge('f', 'tok_error_once')).toMatchObject({ status: 500 });
    expect(payments.ledger().net).toEqual({ EUR: 1250 });
  });

  test('charges and then never answers for tok_timeout_after', async () => {
    const giveUp = new AbortController();
    const answer = charge('k', 'tok_timeout_after', {}, giveUp.signal);
    while (payments.ledger().payments.length === 0) await settlePromises();
    giveUp.abort();

    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(await call('GET', '/charges/k')).toMatchObject({
      status: 200,
      body: { status: 'charged', amount: 1250 },
    });
    expect(await charge('k', 'tok_timeout_after')).toMatchObject({ status: 200 });
  });

  test('never answers and does not charge for tok_timeout_before', async () => {
    const giveUp = new AbortController();
    const answer = charge('k', 'tok_timeout_before', {}, giveUp.signal);
    await once(server, 'request');
    await settlePromises();
    giveUp.abort();

    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(await call('GET', '/charges/k')).toMatchObject({ status: 404 });
    expect(payments.ledger()).toEqual({ payments: [], net: {} });
  });

  test('names every problem of a bad body', async () => {
    const body = { orderId: '', amount: 1.5, currency: 'euro', cardToken: 'tok_gold' };

    const { status, body: answer } = await call('POST', '/charges', { body });

    expect(status).toBe(400);
    expect(answer).toMatchObject({
      code: 'invalid_request',
      problems: [
        'Idempotency-Key: Send a key in this header',
        'orderId: Write a text that is not empty',
        'amount: Write a positive integer of minor units',
        'currency: Write a currency of ISO 4217, such as EUR',
        expect.stringContaining('cardToken: Use a test card: tok_approve, tok_decline'),
      ],
    });
  });

  test('refuses a wrong and a missing secret', async () => {
    expect(await call('GET', '/charges/k', { bearer: 'Bearer wrong' })).toMatchObject({
      status: 401,
    });
    expect(await call('GET', '/charges/k', { bearer: '' })).toMatchObject({ status: 401 });
  });
});

describe('POST /charges/{key}/refund', () => {
  test('gives the money back, once', async () => {
    await charge('order/1 charge', 'tok_approve');
    const path = `/charges/${encodeURIComponent('order/1 charge')}`;

    expect(await call('POST', `${path}/refund`)).toEqual({
      status: 200,
      body: { status: 'refunded' },
    });
    expect(await call('POST', `${path}/refund`)).toEqual({
      status: 200,
      body: { status: 'refunded' },
    });
    expect(await call('GET', path)).toMatchObject({ body: { status: 'refunded' } });
    expect(payments.ledger().net).toEqual({ EUR: 0 });
    expect(await charge('order/1 charge', 'tok_approve')).toMatchObject({
      status: 409,
      body: { code: 'refunded' },
    });
  });

  test('voids a key without a charge, so that a late charge is refused', async () => {
    expect(await call('POST', '/charges/k/refund')).toMatchObject({ body: { status: 'voided' } });

    expect(await charge('k', 'tok_approve')).toMatchObject({
      status: 409,
      body: { code: 'voided' },
    });
    expect(await call('GET', '/charges/k')).toMatchObject({
      body: { status: 'voided', amount: 0 },
    });
    expect(payments.ledger().net).toEqual({});
  });

  test('always fails for tok_refund_fails', async () => {
    await charge('k', 'tok_refund_fails');

    expect(await call('POST', '/charges/k/refund')).toMatchObject({ status: 500 });
    expect(payments.ledger().net).toEqual({ EUR: 1250 });
  });
});

describe('other paths', () => {
  test('are refused', async () => {
    expect(await call('GET', '/nothing')).toMatchObject({ status: 404 });
    expect(await call('DELETE', '/charges/k')).toMatchObject({ status: 404 });
  });
});

describe('the books of a store', () => {
  test('are there after a kill, and are emptied at a reset', async () => {
    const maps = createTestMaps();
    const open = () =>
      createSandboxPayments({ clock: createTestClock(), maps: maps(), secrets: () => ['s3cret'] });
    payments = open();
    await charge('k', 'tok_approve');
    await charge('e', 'tok_error_once');

    payments = open();
    const simulated = simulatedPayments(payments);
    simulated.seed({});
    expect(await charge('k', 'tok_approve')).toMatchObject({ status: 200 });
    expect(await charge('e', 'tok_error_once')).toMatchObject({ status: 201 });
    expect(simulated.show()).toMatchObject({ net: { EUR: 2500 } });

    simulated.seed({});
    expect(open().ledger().payments).toEqual([]);
  });
});
