import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { Polling } from '../../core/keep-polling.ts';
import type { Caller, ServiceCall } from '../../core/service.ts';
import type { EventSourceMappingResource } from '../../template/app.ts';
import type { LambdaHost } from '../host.ts';
import { testFunction } from '../test-project.ts';
import { startEventSourceMapping } from './event-source-mapping.ts';
import type { ReceivedMessage } from './sqs-event.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';
const MAPPING: EventSourceMappingResource = {
  logicalId: 'ShipOrders',
  uuid: '0e000000-0000-4000-8000-000000000001',
  functionName: 'Ship',
  sourceArn: QUEUE,
  filters: [],
  stream: undefined,
  batchSize: 10,
  enabled: true,
  reportBatchItemFailures: true,
  maximumConcurrency: undefined,
};

/** A queue that makes received messages invisible for ever. */
class TestQueue {
  readonly visible: ReceivedMessage[] = [];
  readonly deleted: string[] = [];
  readonly callers = new Set<Caller['arn']>();
  readonly limits: unknown[] = [];
  #arrivals: (() => void)[] = [];

  send(...ids: readonly string[]): void {
    for (const id of ids) {
      this.visible.push({ MessageId: id, ReceiptHandle: `handle-${id}`, Body: `body-${id}` });
    }
    for (const arrive of this.#arrivals.splice(0)) arrive();
  }

  readonly whenReceivable = async (_arn: string, signal: AbortSignal): Promise<void> => {
    if (this.visible.length > 0) return;
    await new Promise<void>((resolve) => {
      this.#arrivals.push(resolve);
      signal.addEventListener('abort', () => resolve());
    });
  };

  readonly call: ServiceCall = async (_service, action, input, caller) => {
    this.callers.add(caller.arn);
    if (action === 'GetQueueUrl') return { QueueUrl: 'https://sqs/orders' };
    if (action === 'ReceiveMessage' && 'MaxNumberOfMessages' in input) {
      this.limits.push(input.MaxNumberOfMessages);
      return { Messages: this.visible.splice(0, Number(input.MaxNumberOfMessages)) };
    }
    if (action === 'DeleteMessageBatch' && 'Entries' in input && Array.isArray(input.Entries)) {
      for (const { ReceiptHandle } of input.Entries) this.deleted.push(ReceiptHandle);
      return {};
    }
    throw new Error(`No ${action} here`);
  };
}

let queue: TestQueue;
let running: Polling;
let holds: number;
let events: { readonly Records: readonly { readonly messageId: string }[] }[];
let response: unknown;
let functionError: 'Unhandled' | undefined;
let invoke: LambdaHost['invoke'];
let problems: string[];

const clock: Clock = {
  now: () => new Date(0),
  at() {
    throw new Error('A mapping must not set a timer: time would skip for it');
  },
  hold() {
    holds += 1;
    let held = true;
    return () => {
      if (held) holds -= 1;
      held = false;
    };
  },
  skippedMs: () => 0,
};

let bugs: unknown[];

beforeEach(() => {
  bugs = [];
  queue = new TestQueue();
  holds = 0;
  events = [];
  response = { batchItemFailures: [] };
  functionError = undefined;
  problems = [];
  invoke = async (_name, payload) => {
    events.push(JSON.parse(new TextDecoder().decode(payload)));
    const bytes = new TextEncoder().encode(JSON.stringify(response));
    return { payload: bytes, ...(functionError && { functionError }), logTail: '', durationMs: 1 };
  };
});
afterEach(() => expect(bugs).toEqual([]));
afterEach(() => running.stop());

function start(overrides: Partial<EventSourceMappingResource> = {}): void {
  running = startEventSourceMapping(
    {
      host: { invoke: (...given) => invoke(...given) },
      clock,
      call: queue.call,
      whenReceivable: queue.whenReceivable,
      onProblem: (text) => problems.push(text),
      onBug: (bug) => bugs.push(bug),
    },
    { ...MAPPING, ...overrides },
    testFunction('Ship', 'handler.ts'),
  );
}

/** Lets the mapping work until it waits for messages again. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 5 || holds > 0; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('startEventSourceMapping()', () => {
  test('deletes the messages that no filter takes, and hands over the others', async () => {
    start({ filters: [{ body: ['body-2'] }] });
    queue.send('1', '2');
    await idle();

    expect(events.map(({ Records }) => Records.map(({ messageId }) => messageId))).toEqual([['2']]);
    expect(queue.deleted).toEqual(['handle-1', 'handle-2']);
  });

  test('hands a batch to the function in the shape of Lambda, and deletes it', async () => {
    start();
    queue.send('1', '2');
    await idle();

    expect(events).toEqual([
      {
        Records: ['1', '2'].map((id) => ({
          messageId: id,
          receiptHandle: `handle-${id}`,
          body: `body-${id}`,
          attributes: {},
          messageAttributes: {},
          md5OfBody: '',
          eventSource: 'aws:sqs',
          eventSourceARN: QUEUE,
          awsRegion: 'eu-west-1',
        })),
      },
    ]);
    expect(queue.deleted).toEqual(['handle-1', 'handle-2']);
    expect([...queue.callers]).toEqual(['arn:aws:iam::123456789012:role/Ship']);
  });

  test('asks for no more than the batch size, nor than SQS gives at once', async () => {
    start({ batchSize: 3 });
    queue.send('1', '2', '3', '4');
    await idle();
    await running.stop();
    start({ batchSize: 100 });
    queue.send('5');
    await idle();

    expect(new Set(queue.limits)).toEqual(new Set([3, 10]));
    expect(events.map(({ Records }) => Records.length).sort()).toEqual([1, 1, 3]);
  });

  test('keeps all messages when the function fails', async () => {
    functionError = 'Unhandled';
    start();
    queue.send('1');
    await idle();

    expect(events).toHaveLength(1);
    expect(queue.deleted).toEqual([]);
  });

  test('keeps all messages when the function is throttled', async () => {
    invoke = async () => {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.');
    };
    start();
    queue.send('1');
    await idle();

    expect(queue.deleted).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each<[string, unknown, string[]]>([
    ['one failure', { batchItemFailures: [{ itemIdentifier: '2' }] }, ['1', '3']],
    ['no response', null, ['1', '2', '3']],
    ['a null list', { batchItemFailures: null }, ['1', '2', '3']],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }, []],
    ['a null identifier', { batchItemFailures: [{ itemIdentifier: null }] }, []],
    ['a bad key', { batchItemFailures: [{ messageId: '2' }] }, []],
    ['an unknown identifier', { batchItemFailures: [{ itemIdentifier: '9' }] }, []],
    ['what is no list', { batchItemFailures: '2' }, []],
    ['a bare string', 'fine', []],
  ])('deletes what a partial response with %s leaves', async (_what, returned, deleted) => {
    response = returned;
    start();
    queue.send('1', '2', '3');
    await idle();

    expect(queue.deleted).toEqual(deleted.map((id) => `handle-${id}`));
  });

  test('reads no partial response without ReportBatchItemFailures', async () => {
    response = { batchItemFailures: [{ itemIdentifier: '1' }] };
    start({ reportBatchItemFailures: false });
    queue.send('1');
    await idle();

    expect(queue.deleted).toEqual(['handle-1']);
  });

  test('holds the clock while a batch is under way, and at no other time', async () => {
    const during: number[] = [];
    const inner = invoke;
    invoke = (...given) => {
      during.push(holds);
      return inner(...given);
    };
    start();
    await idle();
    expect(holds).toBe(0);

    queue.send('1');
    await idle();

    expect(during[0]).toBeGreaterThan(0);
    expect(holds).toBe(0);
  });

  test('runs no more batches at once than its maximum concurrency', async () => {
    let concurrent = 0;
    let most = 0;
    const inner = invoke;
    invoke = async (...given) => {
      concurrent += 1;
      most = Math.max(most, concurrent);
      await new Promise((resolve) => setImmediate(resolve));
      concurrent -= 1;
      return await inner(...given);
    };
    start({ batchSize: 1, maximumConcurrency: 2 });
    queue.send('1', '2', '3', '4', '5', '6');
    await idle();

    expect(most).toBe(2);
    expect(queue.deleted).toHaveLength(6);
  });

  test('finishes the batch under way when it stops', async () => {
    let finish: () => void = () => {};
    const inner = invoke;
    invoke = async (...given) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return await inner(...given);
    };
    start();
    queue.send('1');
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));

    const stopped = running.stop();
    finish();
    await stopped;
    queue.send('2');

    expect(queue.deleted).toEqual(['handle-1']);
    expect(queue.visible).toHaveLength(1);
  });

  test.each([
    [new AwsError('QueueDoesNotExist', 'There is no queue.'), ['QueueDoesNotExist']],
    [new RangeError('too deep'), []],
  ])('goes on after %s instead of a message', async (thrown, reported) => {
    running = startEventSourceMapping(
      {
        host: { invoke },
        clock,
        call: queue.call,
        whenReceivable: () => Promise.reject(thrown),
        onProblem: (text) => problems.push(text),
        onBug: (bug) => bugs.push(bug),
      },
      { ...MAPPING, maximumConcurrency: 1 },
      testFunction('Ship', 'handler.ts'),
    );
    await idle();

    expect(problems.map((text) => text.split(': ')[1])).toEqual(reported);
    expect(bugs.splice(0)).toEqual(reported.length === 0 ? [thrown] : []);
    await expect(running.stop()).resolves.toBeUndefined();
  });

  test('says once why it cannot poll, and lets the clock go', async () => {
    const refuse: ServiceCall = async () => {
      throw new AwsError('AccessDenied', 'no sqs:ReceiveMessage');
    };
    queue.send('1');
    running = startEventSourceMapping(
      {
        host: { invoke },
        clock,
        call: refuse,
        whenReceivable: queue.whenReceivable,
        onProblem: (text) => problems.push(text),
        onBug: (bug) => bugs.push(bug),
      },
      MAPPING,
      testFunction('Ship', 'handler.ts'),
    );
    await idle();

    expect(problems).toEqual([
      'Event source mapping ShipOrders fails: AccessDenied: no sqs:ReceiveMessage',
    ]);
    expect(holds).toBe(0);
  });
});
