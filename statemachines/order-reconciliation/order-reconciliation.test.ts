import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../packages/signalbox/src/core/json.ts';
import type { Fault } from '../../tests/definitions/faults.ts';
import {
  type FinishedRun,
  readDefinition,
  runDefinition,
} from '../../tests/definitions/run-definition.ts';
import { longestSeconds } from '../../tests/definitions/time-budget.ts';
import { FakeOrderBackend, QUANTITY } from '../order-processing/fake-order-backend.ts';
import { wrongsAtRest } from '../order-processing/order-invariants.ts';

const EXECUTION = 'arn:aws:states:eu-central-1:123456789012:execution:order-processing:e1';
const ended = { executionArn: EXECUTION };
const event: JsonObject = JSON.parse(readFileSync('events/orders/order-placed.json', 'utf8'));
const order = isJsonObject(event['detail']) ? event['detail'] : {};
const visited = new Set<string>();

async function run(backend: FakeOrderBackend): Promise<FinishedRun> {
  const finished = await runDefinition('order-reconciliation', ended, backend, `${EXECUTION}-r`);
  for (const state of finished.path) visited.add(state);
  return finished;
}

/** A backend whose order was stopped while it waited for the carrier. */
function backendOfStoppedOrder(...faults: readonly Fault[]): FakeOrderBackend {
  const backend = new FakeOrderBackend(order, ...faults);
  backend.order = {
    executionArn: EXECUTION,
    status: 'PROCESSING',
    compensationFailures: [],
    failure: undefined,
    isOpen: true,
  };
  backend.available -= QUANTITY;
  backend.reservation = 'RESERVED';
  backend.payment = 'charged';
  backend.charges = 1;
  return backend;
}

const CHAIN = ['CancelShipment', 'RefundPayment', 'ReleaseStock', 'FailOrder'];

describe('an order that its execution left unfinished', () => {
  test('is compensated whole, and announced as failed', async () => {
    const backend = backendOfStoppedOrder();

    const { path, answer } = await run(backend);

    expect(path).toEqual([
      'LetCallsFinish',
      'FindUnfinishedOrder',
      'IsUnfinished?',
      'BeginCompensation',
      ...CHAIN,
      'IsRecorded?',
      'AnnounceFailed',
      'IsAllUndone?',
      'CloseOrder',
      'OrderReconciled',
    ]);
    expect(answer).toEqual({ kind: 'succeeded', output: { orderId: 'ord-9d1f20' } });
    expect(backend.announced).toMatchObject([
      { DetailType: 'OrderFailed', Detail: { reason: { error: 'ExecutionAborted' } } },
    ]);
    expect(wrongsAtRest(backend)).toEqual([]);
  });

  test('lets the calls of the dead execution come to their end first', async () => {
    const { durationSeconds } = await run(backendOfStoppedOrder());

    expect(durationSeconds).toBe(60);
  });

  test('is compensated once, however often the event comes', async () => {
    const backend = backendOfStoppedOrder();

    await run(backend);
    const { path } = await run(backend);

    expect(path.at(-1)).toBe('NothingToDo');
    expect(backend.announced).toHaveLength(1);
  });

  test('waits half an hour for a provider that is down', async () => {
    const backend = backendOfStoppedOrder({
      state: 'RefundPayment',
      when: 'before',
      error: 'PaymentUnavailableError',
      attempts: 6,
    });

    const { path, durationSeconds } = await run(backend);

    expect(path.at(-1)).toBe('OrderReconciled');
    expect(durationSeconds).toBeGreaterThan(1_800);
    expect(backend.payment).toBe('refunded');
  });

  test('that was confirmed in the last moment is announced instead', async () => {
    const backend = backendOfStoppedOrder();
    backend.shipment = 'BOOKED';
    backend.beforeCall = (state) => {
      if (state === 'BeginCompensation' && backend.order) backend.order.status = 'CONFIRMED';
    };

    const { path } = await run(backend);

    expect(path.slice(3)).toEqual([
      'BeginCompensation',
      'FindUnfinishedOrder',
      'IsUnfinished?',
      'AnnounceConfirmed',
      'CloseOrder',
      'OrderReconciled',
    ]);
    expect(wrongsAtRest(backend)).toEqual([]);
  });
});

describe('an execution that left nothing unfinished', () => {
  test('is let alone', async () => {
    const backend = new FakeOrderBackend(order);
    backend.wasAccepted = false;

    const { answer } = await run(backend);

    expect(answer).toEqual({ kind: 'succeeded', output: { outcome: 'nothing' } });
    expect(backend.calls).toEqual(['FindUnfinishedOrder']);
  });

  test('or whose order is another one’s, is let alone', async () => {
    const backend = backendOfStoppedOrder();
    if (backend.order) backend.order = { ...backend.order, executionArn: 'arn:other' };

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ output: { outcome: 'nothing' } });
    expect(backend.payment).toBe('charged');
  });
});

describe('a compensation that fails again', () => {
  test.each(CHAIN)('%s is parked, and fails the execution visibly', async (state) => {
    const backend = backendOfStoppedOrder({
      state,
      when: 'before',
      error: 'SomethingUnknownError',
    });

    const { path, answer } = await run(backend);

    expect(path.filter((name) => CHAIN.includes(name))).toEqual(CHAIN);
    expect(backend.parked).toMatchObject([
      {
        kind: 'FailedCompensation',
        executionArn: EXECUTION,
        compensationFailures: [{ step: state }],
      },
    ]);
    expect(answer).toEqual({
      kind: 'failed',
      error: 'CompensationFailed',
      cause: `Order ord-9d1f20: ${state} failed with SomethingUnknownError`,
    });
  });

  test('names every step of several', async () => {
    const error = 'SomethingUnknownError';
    const backend = backendOfStoppedOrder(
      { state: 'RefundPayment', when: 'before', error },
      { state: 'AnnounceFailed', when: 'before', error },
      { state: 'ParkFailures', when: 'before', error },
    );

    const { answer } = await run(backend);

    expect(answer).toMatchObject({
      cause: `Order ord-9d1f20: RefundPayment failed with ${error}, AnnounceFailed failed with ${error}`,
    });
  });
});

describe('an order that cannot be looked after', () => {
  test.each(['FindUnfinishedOrder', 'BeginCompensation'])(
    'because of %s is parked as it is',
    async (state) => {
      const backend = backendOfStoppedOrder({
        state,
        when: 'before',
        error: 'SomethingUnknownError',
      });

      const { path, answer } = await run(backend);

      expect(path.slice(-2)).toEqual(['ParkExecution', 'ReconciliationFailed']);
      expect(answer).toMatchObject({ kind: 'failed', error: 'SomethingUnknownError' });
      expect(backend.parked).toMatchObject([
        { kind: 'UnreconciledExecution', executionArn: EXECUTION },
      ]);
      expect(backend).toMatchObject({ payment: 'charged', reservation: 'RESERVED' });
    },
  );

  test('fails also where it cannot be parked', async () => {
    const error = 'SomethingUnknownError';
    const backend = backendOfStoppedOrder(
      { state: 'FindUnfinishedOrder', when: 'before', error },
      { state: 'ParkExecution', when: 'before', error },
    );

    expect((await run(backend)).answer).toMatchObject({ kind: 'failed', error });
  });

  test('because of its announcement stays confirmed', async () => {
    const backend = backendOfStoppedOrder({
      state: 'AnnounceConfirmed',
      when: 'before',
      error: 'EventBridge.FailedEntry',
    });
    if (backend.order) backend.order.status = 'CONFIRMED';

    const { path } = await run(backend);

    expect(path.slice(-3)).toEqual(['AnnounceConfirmed', 'ParkExecution', 'ReconciliationFailed']);
    expect(backend.order?.status).toBe('CONFIRMED');
  });
});

describe('the definition', () => {
  test('allows the time that its longest way can take', () => {
    const definition = readDefinition('order-reconciliation');

    expect(longestSeconds(definition)).toBeLessThanOrEqual(12_807);
    expect(isJsonObject(definition) ? definition['TimeoutSeconds'] : 0).toBe(14_400);
  });
});

afterAll(() => {
  const definition = readDefinition('order-reconciliation');
  const states = isJsonObject(definition) ? definition['States'] : undefined;
  const all = Object.keys(isJsonObject(states) ? states : {});
  expect(all.filter((state) => !visited.has(state))).toEqual([]);
});
