import { beforeEach, describe, expect, test } from '@jest/globals';
import { createTestClock, type TestClock } from '../core/test-clock.ts';
import { deliverBatch } from './deliver-batch.ts';
import type { StreamEvent } from './stream-event.ts';
import type { HandedOver, StreamReader } from './stream-reader.ts';

const START_MS = Date.parse('2026-01-05T10:00:00.000Z');
const DONE: HandedOver = { kind: 'done' };
const FAILED: HandedOver = { kind: 'failed', functionError: 'Unhandled' };

let clock: TestClock;
let handed: string[];
let givenUp: string[];

beforeEach(() => {
  clock = createTestClock();
  handed = [];
  givenUp = [];
});

function eventOf(id: string, ageSeconds = 0): StreamEvent {
  const ApproximateCreationDateTime = START_MS / 1000 - ageSeconds;
  return { dynamodb: { SequenceNumber: id, ApproximateCreationDateTime } };
}

const idsOf = (batch: readonly StreamEvent[]): string =>
  batch.map(({ dynamodb }) => dynamodb.SequenceNumber).join('');

/** Delivers events, and lets the time of every wait pass. */
async function deliver(
  events: readonly StreamEvent[],
  settings: Partial<StreamReader['settings']>,
  resultOf: (ids: string, attempt: number) => HandedOver,
): Promise<void> {
  const reader: StreamReader = {
    name: 'Reader',
    streamArn: 'arn:stream',
    caller: { arn: 'arn:role' },
    batchSize: 100,
    settings: {
      startingPosition: 'LATEST',
      maximumRetryAttempts: -1,
      maximumRecordAgeSeconds: -1,
      bisectsBatches: false,
      onFailureArn: undefined,
      ...settings,
    },
    takes: () => true,
    async hand(batch) {
      handed.push(idsOf(batch));
      return resultOf(idsOf(batch), handed.length);
    },
    async giveUp({ condition, batch, attempts }) {
      givenUp.push(`${condition} ${idsOf(batch)} after ${attempts}`);
    },
  };
  const { signal } = new AbortController();
  const options = {
    clock,
    signal,
    shardId: 'shard',
    pausing: (pause: () => Promise<void>) => pause(),
  };
  await clock.skipUntil(deliverBatch(reader, events, options).then(() => undefined));
}

const ABCD = ['a', 'b', 'c', 'd'].map((id) => eventOf(id));

// Lambda Developer Guide, "Retaining discarded records for a DynamoDB event source" and its neighbours.
describe('a batch of a stream', () => {
  test('is handed over once where it is done', async () => {
    await deliver(ABCD, {}, () => DONE);
    expect(handed).toEqual(['abcd']);
  });

  test('is tried again until it is done, where nothing ends its tries', async () => {
    await deliver(ABCD, {}, (_ids, attempt) => (attempt < 9 ? FAILED : DONE));
    expect(handed).toHaveLength(9);
    expect(givenUp).toEqual([]);
  });

  test('is given up when its retries are over', async () => {
    await deliver(ABCD, { maximumRetryAttempts: 2 }, () => FAILED);
    expect(handed).toEqual(['abcd', 'abcd', 'abcd']);
    expect(givenUp).toEqual(['RetryAttemptsExhausted abcd after 3']);
  });

  test('is given up when it is too old, and never handed over where it comes so', async () => {
    await deliver([eventOf('a', 100), eventOf('b')], { maximumRecordAgeSeconds: 60 }, () => FAILED);
    expect(givenUp[0]).toBe('RecordAgeExceeded a after 0');
    expect(givenUp[1]).toMatch(/^RecordAgeExceeded b after \d+$/);
    expect(new Set(handed)).toEqual(new Set(['b']));
  });

  test('is halved until the one that fails is alone, and the others are done', async () => {
    const settings = { maximumRetryAttempts: 1, bisectsBatches: true };
    await deliver(ABCD, settings, (ids) => (ids.includes('c') ? FAILED : DONE));
    expect(handed).toEqual(['abcd', 'ab', 'cd', 'c', 'c', 'd']);
    expect(givenUp).toEqual(['RetryAttemptsExhausted c after 4']);
  });

  test('goes on at the first that the function names', async () => {
    const settings = { maximumRetryAttempts: 1 };
    await deliver(ABCD, settings, (ids) =>
      ids.startsWith('d') ? DONE : { kind: 'failed', from: ids.startsWith('c') ? 'd' : 'c' },
    );
    expect(handed).toEqual(['abcd', 'cd', 'd']);
    expect(givenUp).toEqual([]);
  });

  test('waits while the function has no time, which is no try', async () => {
    await deliver(ABCD, { maximumRetryAttempts: 0 }, (_ids, attempt) =>
      attempt < 4 ? { kind: 'throttled' } : DONE,
    );
    expect(handed).toHaveLength(4);
    expect(givenUp).toEqual([]);
  });
});
