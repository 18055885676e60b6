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
import { wrongsAtRest } from '../order-processing/order-invariants.ts';
import { OrderWorld, QUANTITY } from '../order-processing/order-world.ts';

const EXECUTION = 'arn:aws:states:eu-central-1:123456789012:execution:order-processing:e1';
const ended = { detail: { executionArn: EXECUTION, status: 'ABORTED' } };
const event: JsonObject = JSON.parse(readFileSync('events/orders/order-placed.json', 'utf8'));
const order = isJsonObject(event['detail']) ? event['detail'] : {};
const visited = new Set<string>();

async function run(world: OrderWorld): Promise<FinishedRun> {
  const finished = await runDefinition('order-reconciliation', ended, world, `${EXECUTION}-r`);
  for (const state of finished.path) visited.add(state);
  return finished;
}

/** A world whose order was stopped while it waited for the carrier. */
function stoppedWorld(...faults: readonly Fault[]): OrderWorld {
  const world = new OrderWorld(order, ...faults);
  world.order = {
    executionArn: EXECUTION,
    status: 'PROCESSING',
    compensationFailures: [],
    failure: undefined,
  };
  world.available -= QUANTITY;
  world.reservation = 'RESERVED';
  world.payment = 'charged';
  world.charges = 1;
  return world;
}

const CHAIN = ['CancelShipment', 'RefundPayment', 'ReleaseStock', 'FailOrder'];

describe('an order that its execution left unfinished', () => {
  test('is compensated whole, and announced as failed', async () => {
    const world = stoppedWorld();

    const { path, answer } = await run(world);

    expect(path).toEqual([
      'LetCallsFinish',
      'FindUnfinishedOrder',
      'IsUnfinished?',
      'BeginCompensation',
      ...CHAIN,
      'AnnounceFailed',
      'IsAllUndone?',
      'OrderReconciled',
    ]);
    expect(answer).toEqual({ kind: 'succeeded', output: { orderId: 'ord-9d1f20' } });
    expect(world.announced).toMatchObject([
      { DetailType: 'OrderFailed', Detail: { reason: { error: 'ExecutionAborted' } } },
    ]);
    expect(wrongsAtRest(world)).toEqual([]);
  });

  test('lets the calls of the dead execution come to their end first', async () => {
    const { durationSeconds } = await run(stoppedWorld());

    expect(durationSeconds).toBe(60);
  });

  test('is compensated once, however often the event comes', async () => {
    const world = stoppedWorld();

    await run(world);
    const { path } = await run(world);

    expect(path.at(-1)).toBe('NothingToDo');
    expect(world.announced).toHaveLength(1);
  });

  test('waits half an hour for a provider that is down', async () => {
    const world = stoppedWorld({
      state: 'RefundPayment',
      when: 'before',
      error: 'PaymentUnavailableError',
      attempts: 6,
    });

    const { path, durationSeconds } = await run(world);

    expect(path.at(-1)).toBe('OrderReconciled');
    expect(durationSeconds).toBeGreaterThan(1_800);
    expect(world.payment).toBe('refunded');
  });

  test('that was confirmed in the last moment is announced instead', async () => {
    const world = stoppedWorld();
    world.shipment = 'BOOKED';
    world.beforeCall = (state) => {
      if (state === 'BeginCompensation' && world.order) world.order.status = 'CONFIRMED';
    };

    const { path } = await run(world);

    expect(path.slice(3)).toEqual([
      'BeginCompensation',
      'FindUnfinishedOrder',
      'IsUnfinished?',
      'AnnounceConfirmed',
      'OrderReconciled',
    ]);
    expect(wrongsAtRest(world)).toEqual([]);
  });
});

describe('an execution that left nothing unfinished', () => {
  test('is let alone', async () => {
    const world = new OrderWorld(order);

    const { answer } = await run(world);

    expect(answer).toEqual({ kind: 'succeeded', output: { outcome: 'nothing' } });
    expect(world.calls).toEqual(['FindUnfinishedOrder']);
  });

  test('or whose order is another one’s, is let alone', async () => {
    const world = stoppedWorld();
    if (world.order) world.order = { ...world.order, executionArn: 'arn:other' };

    const { answer } = await run(world);

    expect(answer).toMatchObject({ output: { outcome: 'nothing' } });
    expect(world.payment).toBe('charged');
  });
});

describe('a compensation that fails again', () => {
  test.each(CHAIN)('%s is parked, and fails the execution visibly', async (state) => {
    const world = stoppedWorld({ state, when: 'before', error: 'SomethingUnknownError' });

    const { path, answer } = await run(world);

    expect(path.filter((name) => CHAIN.includes(name))).toEqual(CHAIN);
    expect(world.parked).toMatchObject([
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
    const world = stoppedWorld(
      { state: 'RefundPayment', when: 'before', error },
      { state: 'AnnounceFailed', when: 'before', error },
      { state: 'ParkFailures', when: 'before', error },
    );

    const { answer } = await run(world);

    expect(answer).toMatchObject({
      cause: `Order ord-9d1f20: RefundPayment failed with ${error}, AnnounceFailed failed with ${error}`,
    });
  });
});

describe('an order that cannot be looked after', () => {
  test.each(['FindUnfinishedOrder', 'BeginCompensation'])(
    'because of %s is parked as it is',
    async (state) => {
      const world = stoppedWorld({ state, when: 'before', error: 'SomethingUnknownError' });

      const { path, answer } = await run(world);

      expect(path.slice(-2)).toEqual(['ParkExecution', 'ReconciliationFailed']);
      expect(answer).toMatchObject({ kind: 'failed', error: 'SomethingUnknownError' });
      expect(world.parked).toMatchObject([
        { kind: 'UnreconciledExecution', executionArn: EXECUTION },
      ]);
      expect(world).toMatchObject({ payment: 'charged', reservation: 'RESERVED' });
    },
  );

  test('fails also where it cannot be parked', async () => {
    const error = 'SomethingUnknownError';
    const world = stoppedWorld(
      { state: 'FindUnfinishedOrder', when: 'before', error },
      { state: 'ParkExecution', when: 'before', error },
    );

    expect((await run(world)).answer).toMatchObject({ kind: 'failed', error });
  });

  test('because of its announcement stays confirmed', async () => {
    const world = stoppedWorld({
      state: 'AnnounceConfirmed',
      when: 'before',
      error: 'EventBridge.FailedEntry',
    });
    if (world.order) world.order.status = 'CONFIRMED';

    const { path } = await run(world);

    expect(path.slice(-3)).toEqual(['AnnounceConfirmed', 'ParkExecution', 'ReconciliationFailed']);
    expect(world.order?.status).toBe('CONFIRMED');
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
