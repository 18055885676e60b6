import type { ReceiveMessageResult } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createSkippingClock, type SkippingClock } from '../../core/skipping-clock.ts';
import { createSqs, type Sqs } from './sqs.ts';

const QueueUrl = 'http://127.0.0.1:4566/123456789012/orders';
const ORDERS = 'arn:aws:sqs:eu-central-1:123456789012:orders';
const STARTS_AT_MS = Date.parse('2026-01-05T10:00:00.000Z');

const outside = { arn: 'arn:aws:iam::123456789012:root', isOutside: true };
const workflow = { arn: 'arn:aws:iam::123456789012:role/workflow' };

let clock: SkippingClock;
let sqs: Sqs;

beforeEach(() => {
  // Real time stands still: whatever moves the clock is a jump.
  const setTimer = () => ({ cancel() {} });
  clock = createSkippingClock({ realNow: () => 0, setTimer, startsAtMs: STARTS_AT_MS });
  sqs = createSqs({
    clock,
    endpointUrl: 'http://127.0.0.1:4566',
    region: 'eu-central-1',
    accountId: '123456789012',
  });
  sqs.createQueue({ name: 'orders', attributes: { VisibilityTimeout: '30' } });
});

async function run(action: string, input: object, caller: object = outside): Promise<object> {
  return (
    (await sqs.service.actions[action]?.({ QueueUrl, ...input }, { ...outside, ...caller })) ?? {}
  );
}

async function receive(caller: object = outside): Promise<number> {
  const output: ReceiveMessageResult = await run('ReceiveMessage', {}, caller);
  return output.Messages?.length ?? 0;
}

/** Lets the clock jump as far as it will, and says how many seconds that was. */
async function jumped(): Promise<number> {
  await clock.rested();
  return (clock.now().getTime() - STARTS_AT_MS) / 1000;
}

/** An event source mapping begins to read the queue. */
function startMapping(): void {
  void sqs.whenReceivable(ORDERS, AbortSignal.timeout(60_000));
}

describe('on a clock that skips', () => {
  test('the long poll of a client is no reason to jump', async () => {
    const hangUp = new AbortController();
    const polled = run('ReceiveMessage', { WaitTimeSeconds: 20 }, { signal: hangUp.signal });
    expect(await jumped()).toBe(0);
    hangUp.abort();
    expect(await polled).toEqual({});
  });

  test('the long poll of a workflow is one', async () => {
    const polled = run(
      'ReceiveMessage',
      { WaitTimeSeconds: 20 },
      { ...workflow, isOutside: false },
    );
    expect(await polled).toEqual({});
    expect(await jumped()).toBe(20);
  });

  test('the visibility time-out of a message that a client works on is not jumped over', async () => {
    await run('SendMessage', { MessageBody: 'x' });
    expect(await receive()).toBe(1);
    let isOver = false;
    clock.at(STARTS_AT_MS + 3_600_000, () => {
      isOver = true;
    });
    expect([await jumped(), isOver, await receive()]).toEqual([0, false, 0]);
    startMapping();
    expect(await jumped()).toBe(0);
  });

  test('the visibility time-out of a message that a workflow has received moves nothing, and stops nothing', async () => {
    await run('SendMessage', { MessageBody: 'x' });
    const inProcess = { ...workflow, isOutside: false };
    expect(await receive(inProcess)).toBe(1);
    expect(await jumped()).toBe(0);
    clock.at(STARTS_AT_MS + 60_000, () => {});
    expect([await jumped(), await receive(inProcess)]).toEqual([60, 1]);
  });

  test('a delayed message moves time only for a mapping that reads the queue', async () => {
    await run('SendMessage', { MessageBody: 'x', DelaySeconds: 600 });
    expect(await jumped()).toBe(0);
    startMapping();
    expect(await jumped()).toBe(600);
  });

  test('a message that a mapping has not deleted comes back by a jump', async () => {
    startMapping();
    await run('SendMessage', { MessageBody: 'x' });
    const mapping = { ...workflow, isOutside: false };
    expect(await receive(mapping)).toBe(1);
    expect([await jumped(), await receive(mapping)]).toEqual([30, 1]);
  });
});
