import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import type { Fault } from '../../tests/definitions/faults.ts';
import {
  type FinishedRun,
  readDefinition,
  runDefinition,
} from '../../tests/definitions/run-definition.ts';
import { longestSeconds } from '../../tests/definitions/time-budget.ts';
import { FakeOrderBackend } from './fake-order-backend.ts';
import { wrongsAtRest, wrongsUnlessOpen } from './order-invariants.ts';

const EXECUTION = 'arn:aws:states:eu-central-1:123456789012:execution:order-processing:e1';
const event: JsonObject = JSON.parse(readFileSync('events/orders/order-placed.json', 'utf8'));
const small = isJsonObject(event['detail']) ? event['detail'] : {};
const large = { ...small, total: 150_000 };
const visited = new Set<string>();

async function run(backend: FakeOrderBackend): Promise<FinishedRun> {
  const finished = await runDefinition('order-processing', event, backend, EXECUTION);
  for (const state of finished.path) visited.add(state);
  return finished;
}

/** Runs the reconciliation that the end of an execution starts. */
async function reconcile(backend: FakeOrderBackend): Promise<FinishedRun> {
  const ended = { executionArn: EXECUTION };
  return runDefinition('order-reconciliation', ended, backend, `${EXECUTION}-reconciliation`);
}

const REFUSED = {
  kind: 'failed',
  error: 'ShippingRefusedError',
  cause: 'The warehouse does not ship to AQ',
} as const;

function statesOf(): JsonObject {
  const definition = readDefinition('order-processing');
  const states = isJsonObject(definition) ? definition['States'] : undefined;
  return isJsonObject(states) ? states : {};
}

describe('a happy order', () => {
  test('takes nine transitions', async () => {
    const backend = new FakeOrderBackend(small);

    const { path, answer } = await run(backend);

    expect(path).toEqual([
      'ValidateOrder',
      'ClaimOrder',
      'IsNewOrder?',
      'ReserveStock',
      'NeedsApproval?',
      'ChargePayment',
      'ShipOrder',
      'ConfirmOrder',
      'AnnounceConfirmed',
    ]);
    expect(answer).toEqual({
      kind: 'succeeded',
      output: { orderId: 'ord-9d1f20', status: 'CONFIRMED', trackingId: 'SB1' },
    });
    expect(wrongsAtRest(backend)).toEqual([]);
  });

  test('is announced as the contract says', async () => {
    const backend = new FakeOrderBackend(small);

    await run(backend);

    expect(problemsOf('order-confirmed', backend.announced)).toEqual([]);
  });
});

describe('an event that comes again', () => {
  test('ends well and does nothing', async () => {
    const backend = new FakeOrderBackend(small);
    backend.order = {
      executionArn: 'arn:other',
      status: 'PROCESSING',
      compensationFailures: [],
      failure: undefined,
      isOpen: true,
    };

    const { path, answer } = await run(backend);

    expect(path).toEqual(['ValidateOrder', 'ClaimOrder', 'IsNewOrder?', 'DuplicateOrder']);
    expect(answer).toMatchObject({ kind: 'succeeded', output: { status: 'DUPLICATE' } });
    expect(backend.calls).toEqual(['ValidateOrder', 'ClaimOrder']);
  });

  test('with other content is refused', async () => {
    const backend = new FakeOrderBackend(small);
    backend.overrides = { ClaimOrder: { outcome: 'conflict' } };

    const { path, answer } = await run(backend);

    expect(path.at(-1)).toBe('ConflictingOrder');
    expect(answer).toEqual({
      kind: 'failed',
      error: 'OrderConflictError',
      cause: 'Order ord-9d1f20 exists with other content',
    });
    expect(backend.announced).toEqual([]);
  });
});

describe('a large order', () => {
  test('is charged once somebody has approved it', async () => {
    const { path } = await run(new FakeOrderBackend(large));

    expect(path.slice(4, 7)).toEqual(['NeedsApproval?', 'RequestApproval', 'ChargePayment']);
  });

  test('exactly at the threshold needs no approval', async () => {
    const { path } = await run(new FakeOrderBackend({ ...small, total: 100_000 }));

    expect(path).not.toContain('RequestApproval');
  });

  test('is denied by an approver', async () => {
    const backend = new FakeOrderBackend(large);
    backend.answers = {
      RequestApproval: { kind: 'failed', error: 'ApprovalDeniedError', cause: 'Denied' },
    };

    const { path, answer } = await run(backend);

    expect(path.slice(5)).toEqual([
      'RequestApproval',
      'BeginCompensation',
      'UndoFrom?',
      'ReleaseStock',
      'FailOrder',
      'IsAllUndone?',
      'AnnounceFailed',
      'CloseOrder',
      'OrderFailed',
    ]);
    expect(answer).toMatchObject({ error: 'ApprovalDeniedError', cause: 'Denied' });
    expect(wrongsAtRest(backend)).toEqual([]);
  });

  test('is denied by silence', async () => {
    const backend = new FakeOrderBackend(large);
    backend.answers = { RequestApproval: 'nobody' };

    const { answer, durationSeconds } = await run(backend);

    expect(answer).toEqual({
      kind: 'failed',
      error: 'ApprovalTimedOut',
      cause: 'Nobody answered the request for approval within 86400 seconds',
    });
    expect(durationSeconds).toBe(86_400);
    expect(wrongsAtRest(backend)).toEqual([]);
  });
});

describe('a payment', () => {
  test('that is declined moves no money, so none goes back', async () => {
    const backend = new FakeOrderBackend(
      small,
      fault('ChargePayment', 'before', 'PaymentDeclinedError'),
    );

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ error: 'PaymentDeclinedError' });
    expect(backend.calls.filter((call) => call === 'ChargePayment')).toHaveLength(1);
    expect(backend.calls).not.toContain('RefundPayment');
    expect(backend.calls).not.toContain('LookUpPayment');
  });

  test('that timed out after charging goes on', async () => {
    const backend = new FakeOrderBackend(
      small,
      fault('ChargePayment', 'after', 'PaymentTimeoutError'),
    );

    const { path, answer } = await run(backend);

    expect(path.slice(5, 9)).toEqual(['ChargePayment', 'LookUpPayment', 'IsCharged?', 'ShipOrder']);
    expect(answer.kind).toBe('succeeded');
    expect(backend.charges).toBe(1);
  });

  test('that timed out before charging is voided, so that it cannot charge late', async () => {
    const backend = new FakeOrderBackend(small, fault('ChargePayment', 'late'));

    const { answer } = await run(backend);
    backend.finishLateWork();

    expect(answer).toMatchObject({ error: 'States.Timeout' });
    expect(backend.payment).toBe('voided');
  });

  test('that nobody can look up is voided too', async () => {
    const backend = new FakeOrderBackend(
      small,
      fault('ChargePayment', 'after', 'PaymentTimeoutError'),
      fault('LookUpPayment', 'before', 'PaymentUnavailableError'),
    );

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ error: 'PaymentTimeoutError' });
    expect(backend.payment).toBe('refunded');
  });

  test('is tried again under the same key when the provider fails once', async () => {
    const once = { ...fault('ChargePayment', 'after', 'PaymentUnavailableError'), attempts: 1 };
    const backend = new FakeOrderBackend(small, once);

    const { answer } = await run(backend);

    expect(answer.kind).toBe('succeeded');
    expect(backend.charges).toBe(1);
  });
});

describe('a shipment', () => {
  test('that is refused gives everything back', async () => {
    const backend = new FakeOrderBackend(small);
    backend.answers = { ShipOrder: REFUSED };

    const { path, answer } = await run(backend);

    expect(path.slice(6)).toEqual([
      'ShipOrder',
      'BeginCompensation',
      'UndoFrom?',
      'CancelShipment',
      'RefundPayment',
      'ReleaseStock',
      'FailOrder',
      'IsAllUndone?',
      'AnnounceFailed',
      'CloseOrder',
      'OrderFailed',
    ]);
    expect(answer).toEqual(REFUSED);
    expect(backend.payment).toBe('refunded');
    expect(problemsOf('order-failed', backend.announced)).toEqual([]);
  });

  test('that nobody answers is cancelled', async () => {
    const backend = new FakeOrderBackend(small);
    backend.answers = { ShipOrder: 'nobody' };

    const { path, answer } = await run(backend);

    expect(path).toContain('CancelShipment');
    expect(answer).toMatchObject({
      error: 'ShippingTimedOut',
      cause: 'The warehouse did not answer within 172800 seconds',
    });
    expect(backend.shipment).toBe('CANCELLED');
  });

  test('is confirmed also without a tracking id', async () => {
    const backend = new FakeOrderBackend(small);
    backend.answers = { ShipOrder: { kind: 'succeeded', output: 'accepted' } };

    const { answer } = await run(backend);

    expect(answer).toMatchObject({ kind: 'succeeded', output: { trackingId: '' } });
    expect(problemsOf('order-confirmed', backend.announced)).toEqual([]);
  });
});

describe('a confirmation', () => {
  test('that timed out after it was written stands', async () => {
    const backend = new FakeOrderBackend(small, fault('ConfirmOrder', 'after', 'Sandbox.Timedout'));

    const { path, answer } = await run(backend);

    expect(path.slice(7)).toEqual([
      'ConfirmOrder',
      'BeginCompensation',
      'LookUpOrder',
      'WasConfirmed?',
      'AnnounceConfirmed',
    ]);
    expect(answer.kind).toBe('succeeded');
    expect(wrongsAtRest(backend)).toEqual([]);
  });

  test('that is unknown is left open for the reconciliation, never guessed', async () => {
    const backend = new FakeOrderBackend(
      small,
      fault('ConfirmOrder', 'after', 'Sandbox.Timedout'),
      fault('BeginCompensation', 'before', 'DynamoDB.InternalServerErrorException'),
    );

    const { path, answer } = await run(backend);

    expect(path.slice(8)).toEqual(['BeginCompensation', 'IsConfirmationRuledOut?', 'OrderFailed']);
    expect(answer).toMatchObject({ error: 'Sandbox.Timedout' });
    expect(backend).toMatchObject({ payment: 'charged', shipment: 'BOOKED', announced: [] });
    expect(backend.order).toMatchObject({ status: 'CONFIRMED', isOpen: true });
  });
});

describe('an announcement', () => {
  test('that the bus refuses is left to the reconciliation, and the order stands', async () => {
    const backend = new FakeOrderBackend(
      small,
      fault('AnnounceConfirmed', 'before', 'EventBridge.FailedEntry'),
    );

    const { path, answer } = await run(backend);

    expect(path.slice(8)).toEqual(['AnnounceConfirmed', 'ConfirmationUnannounced']);
    expect(answer).toMatchObject({ kind: 'failed', error: 'OrderUnannouncedError' });
    expect(backend.order).toMatchObject({ status: 'CONFIRMED', isOpen: true });
    expect(backend).toMatchObject({ payment: 'charged', shipment: 'BOOKED', parked: [] });
  });
});

describe('an order that is rejected', () => {
  test('says why in the words of the function', async () => {
    const backend = new FakeOrderBackend(
      small,
      fault('ValidateOrder', 'before', 'InvalidOrderError'),
    );

    const { path, answer } = await run(backend);

    expect(path).toEqual(['ValidateOrder', 'OrderRejected']);
    expect(answer).toEqual({
      kind: 'failed',
      error: 'InvalidOrderError',
      cause: 'It went wrong',
    });
    expect(backend.calls).toEqual(['ValidateOrder']);
  });

  test('is not taken for one that could not be read: that one is recorded and announced', async () => {
    const backend = new FakeOrderBackend(small, fault('ValidateOrder', 'hang'));

    const { path, answer } = await run(backend);

    expect(path).toEqual([
      'ValidateOrder',
      'FailOrder',
      'IsAllUndone?',
      'AnnounceFailed',
      'CloseOrder',
      'OrderFailed',
    ]);
    expect(answer).toMatchObject({ error: 'States.Timeout', cause: 'No cause was given' });
    expect(backend.order?.status).toBe('FAILED');
    expect(wrongsAtRest(backend)).toEqual([]);
  });
});

describe('a compensation that fails', () => {
  const CHAIN = ['CancelShipment', 'RefundPayment', 'ReleaseStock'];

  test.each(CHAIN)('%s stops none of the rest, and leaves the order open', async (state) => {
    const backend = new FakeOrderBackend(small, fault(state, 'before', 'SomethingUnknownError'));
    backend.answers = { ShipOrder: 'nobody' };

    const { path, answer } = await run(backend);

    expect(path.filter((name) => CHAIN.includes(name))).toEqual(CHAIN);
    expect(path.slice(-3)).toEqual(['FailOrder', 'IsAllUndone?', 'OrderFailed']);
    expect(answer).toMatchObject({ error: 'ShippingTimedOut' });
    expect(backend.order).toMatchObject({
      isOpen: true,
      compensationFailures: [{ step: state, error: 'SomethingUnknownError' }],
    });
    expect(backend).toMatchObject({ announced: [], parked: [] });
  });

  test('is announced once, by the reconciliation that makes up for it', async () => {
    const backend = new FakeOrderBackend(
      small,
      fault('RefundPayment', 'before', 'PaymentUnavailableError'),
    );
    backend.answers = { ShipOrder: REFUSED };

    await run(backend);
    backend.faults = [];
    await reconcile(backend);

    expect(backend.announced).toMatchObject([
      { DetailType: 'OrderFailed', Detail: { compensationFailures: [] } },
    ]);
    expect(problemsOf('order-failed', backend.announced)).toEqual([]);
    expect(wrongsAtRest(backend)).toEqual([]);
  });

  test('to be recorded is parked, and not announced', async () => {
    const faults = [...CHAIN, 'FailOrder'].map((state) =>
      fault(state, 'before', 'SomethingUnknownError'),
    );
    const backend = new FakeOrderBackend(small, ...faults);
    backend.answers = { ShipOrder: REFUSED };

    const { path, answer } = await run(backend);

    expect(path.slice(-3)).toEqual(['FailOrder', 'ParkFailures', 'OrderFailed']);
    expect(answer).toEqual(REFUSED);
    expect(backend.announced).toEqual([]);
    expect(backend.parked).toMatchObject([
      {
        kind: 'UnrecordedFailure',
        compensationFailures: [...CHAIN, 'FailOrder'].map((step) => ({ step })),
      },
    ]);
  });
});

describe('an order of somebody else', () => {
  test('is never announced as failed, whatever keeps it from being read', async () => {
    const backend = new FakeOrderBackend(
      small,
      fault('ClaimOrder', 'before', 'SomethingUnknownError'),
      fault('LookUpOrder', 'before', 'SomethingUnknownError'),
    );
    backend.order = {
      executionArn: 'arn:other',
      status: 'PROCESSING',
      compensationFailures: [],
      failure: undefined,
      isOpen: true,
    };

    const { path } = await run(backend);

    expect(path.slice(-3)).toEqual(['FailOrder', 'IsAllUndone?', 'OrderFailed']);
    expect(backend.announced).toEqual([]);
    expect(backend.order.status).toBe('PROCESSING');
  });

  test('is one that comes again after its claim failed: it stays failed', async () => {
    const backend = new FakeOrderBackend(small, fault('ClaimOrder', 'before', 'Lambda.Unknown'));

    await run(backend);
    backend.faults = [];
    const again = await runDefinition('order-processing', event, backend, `${EXECUTION}-again`);

    expect(again.path.at(-1)).toBe('DuplicateOrder');
    expect(backend.announced).toMatchObject([{ DetailType: 'OrderFailed' }]);
    expect(backend.order?.status).toBe('FAILED');
  });
});

const TASKS = Object.entries(statesOf())
  .filter(([, state]) => isJsonObject(state) && state['Type'] === 'Task')
  .map(([name]) => name);
const ERRORS = [
  'Lambda.ServiceException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'DynamoDB.ProvisionedThroughputExceededException',
  'SomethingUnknownError',
];
const FAULTS: readonly Fault[] = TASKS.flatMap((state) => [
  ...ERRORS.flatMap((error) => [fault(state, 'before', error), fault(state, 'after', error)]),
  fault(state, 'hang'),
  fault(state, 'late'),
]);

/** Runs an order to its end, lets late work be done, ends the faults and reconciles. */
async function playToRest(backend: FakeOrderBackend): Promise<{ readonly run: FinishedRun }> {
  backend.wasAccepted = !backend.faults.some(({ error }) => error === 'InvalidOrderError');
  const finished = await run(backend);
  const wrongs = finished.isAborted ? [] : wrongsUnlessOpen(backend);
  backend.finishLateWork();
  backend.faults = [];
  backend.answers = {};
  if (finished.answer.kind === 'failed') await reconcile(backend);
  expect({ wrongs, atRest: wrongsAtRest(backend) }).toEqual({ wrongs: [], atRest: [] });
  return { run: finished };
}

describe('whatever task fails in whatever way', () => {
  test.each(TASKS)('%s: nothing half-done is left', async (state) => {
    for (const one of FAULTS.filter((fault) => fault.state === state)) {
      const { run: always } = await playToRest(new FakeOrderBackend(large, one));
      const { run: once } = await playToRest(new FakeOrderBackend(large, { ...one, attempts: 1 }));

      for (const { answer } of [always, once]) {
        expect(answer).toEqual(
          answer.kind === 'succeeded'
            ? expect.anything()
            : { kind: 'failed', error: expect.any(String), cause: expect.any(String) },
        );
      }
    }
  });

  test.each(TASKS)(
    'an operator stops %s: the reconciliation leaves nothing half-done',
    async (state) => {
      for (const when of ['abort', 'abort-after'] as const) {
        await playToRest(new FakeOrderBackend(large, { state, when }));
      }
    },
  );

  test.each(['ReserveStock', 'ChargePayment', 'ShipOrder', 'ConfirmOrder'])(
    '%s, and a second task on the way back: nothing half-done is left',
    async (state) => {
      const first = [
        fault(state, 'before', 'SomethingUnknownError'),
        fault(state, 'after', 'SomethingUnknownError'),
        fault(state, 'late'),
      ];
      const second = FAULTS.filter(
        ({ state: other, error = 'SomethingUnknownError' }) =>
          other !== state && error === 'SomethingUnknownError',
      );
      for (const one of first) {
        for (const two of second) await playToRest(new FakeOrderBackend(large, one, two));
      }
    },
  );
});

describe('the definition', () => {
  test('allows the time that its longest way can take', () => {
    const definition = readDefinition('order-processing');

    expect(longestSeconds(definition, { RequestApproval: 86_400, ShipOrder: 259_200 })).toBe(
      348_072,
    );
    expect(isJsonObject(definition) ? definition['TimeoutSeconds'] : 0).toBe(352_800);
  });

  test('gives every task a time-out, a Retry with jitter and a Catch for everything', () => {
    for (const name of TASKS) {
      const state = statesOf()[name];
      expect({ name, state }).toMatchObject({
        state: {
          Comment: expect.any(String),
          TimeoutSeconds: expect.anything(),
          Retry: expect.arrayContaining([
            expect.objectContaining({
              JitterStrategy: 'FULL',
              MaxDelaySeconds: expect.any(Number),
            }),
          ]),
          Catch: expect.arrayContaining([expect.objectContaining({ ErrorEquals: ['States.ALL'] })]),
        },
      });
    }
  });
});

afterAll(() => {
  const all = Object.keys(statesOf());
  expect(all.filter((state) => !visited.has(state))).toEqual([]);
});

function fault(state: string, when: Fault['when'], error?: string): Fault {
  return error === undefined ? { state, when } : { state, when, error };
}

/** The violations of an announcement's contract. */
function problemsOf(contract: string, entries: readonly JsonObject[]): readonly Json[] {
  const schema = JSON.parse(readFileSync(`events/orders/${contract}.schema.json`, 'utf8'));
  const validate = new Ajv().compile(schema);
  return entries.flatMap(({ DetailType, Source, Detail }) =>
    validate({ 'detail-type': DetailType, source: Source, detail: Detail })
      ? []
      : [JSON.stringify(validate.errors)],
  );
}
