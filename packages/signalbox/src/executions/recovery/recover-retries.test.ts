import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import type { JsonObject } from '../../core/json.ts';
import type { KeptForm, KeptMaps } from '../../core/kept-maps.ts';
import { createMemoryStore } from '../../history/memory-store.ts';
import type { HistoryStore } from '../../history/store.ts';
import { readValue, writeValue } from '../../store/plain-value.ts';
import { AMAZON_STATES_LANGUAGE } from '../amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN, START_MS } from '../test-executions.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012';
const EXECUTION = `${ARN}:execution:orders:one`;

interface Disk {
  readonly store: HistoryStore;
  /** The texts of the records, by map and key. */
  readonly maps: Map<string, Map<string, string>>;
}
/** Something that is kept; a process that was killed has left the first of them. */
type Write = (disk: Disk) => void;

/** A store and maps that write down, in order, what they are given. */
function createRecorder() {
  const writes: Write[] = [];
  const memory = createMemoryStore();
  const store: HistoryStore = {
    ...memory,
    create(header) {
      memory.create(header);
      writes.push((disk) => disk.store.create(header));
    },
    append(executionArn, event) {
      memory.append(executionArn, event);
      writes.push((disk) => disk.store.append(executionArn, event));
    },
  };
  const maps: KeptMaps = { map: (name, form) => new RecordedMap({ name, form, writes }) };
  return { writes, store, maps };
}

interface Recorded<T, Stored> {
  readonly name: string;
  readonly form: KeptForm<T, Stored> | undefined;
  readonly writes: Write[];
}

class RecordedMap<T, Stored> extends Map<string, T> {
  readonly #recorded: Recorded<T, Stored>;

  constructor(recorded: Recorded<T, Stored>) {
    super();
    this.#recorded = recorded;
  }

  override set(key: string, value: T): this {
    const { form } = this.#recorded;
    const text = writeValue(form === undefined ? value : form.store(value));
    this.#write((map) => map.set(key, text));
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    this.#write((map) => map.delete(key));
    return super.delete(key);
  }

  #write(change: (map: Map<string, string>) => void): void {
    const { name, writes } = this.#recorded;
    writes.push(({ maps }) => {
      const map = maps.get(name) ?? new Map<string, string>();
      maps.set(name, map);
      change(map);
    });
  }
}

/** Maps with what a disk has. */
function mapsOf({ maps }: Disk): KeptMaps {
  return {
    map<T, Stored>(name: string, form?: KeptForm<T, Stored>) {
      const texts = [...(maps.get(name) ?? [])];
      return new Map<string, T>(
        texts.map(([key, text]) => [
          key,
          form === undefined ? readValue<T>(text) : form.restore(readValue<Stored>(text)),
        ]),
      );
    },
  };
}

const send = (body: string): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Parameters: { QueueUrl: 'http://queue/orders', MessageBody: body },
  End: true,
});
/** A first retrier for another error, and one that waits 10 and 30 seconds. */
const Retry = [
  { ErrorEquals: ['States.Timeout'], MaxAttempts: 1 },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 2 },
];
const slow = (body: string): JsonObject => ({
  StartAt: `Rest ${body}`,
  States: {
    [`Rest ${body}`]: { Type: 'Wait', Seconds: 5, Next: `Send ${body}` },
    [`Send ${body}`]: send(body),
  },
});
const quick = (body: string): JsonObject => ({
  StartAt: `Send ${body}`,
  States: { [`Send ${body}`]: send(body) },
});
const mapOf = (more: JsonObject): JsonObject => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: { ...slow('broken'), ...more },
      Retry,
      End: true,
    },
  },
});
const parallelOf = (
  branches: readonly JsonObject[],
  { name = 'Both', ...more }: JsonObject & { readonly name?: string } = {},
): JsonObject => ({
  StartAt: name,
  States: { [name]: { Type: 'Parallel', Branches: [...branches], Retry, End: true, ...more } },
});
const inner = parallelOf([slow('broken')], { name: 'Inner' });

async function sendMessage(_service: string, _action: string, input: object): Promise<object> {
  const { MessageBody } = JSON.parse(JSON.stringify(input));
  if (MessageBody === 'broken') throw new AwsError('ServiceUnavailable', 'No queue today');
  return { MessageId: MessageBody };
}

function open(store: HistoryStore, maps: KeptMaps) {
  return createTestExecutions(
    {},
    { store, maps, call: sendMessage, interpreter: AMAZON_STATES_LANGUAGE },
  );
}

/** Plays an execution to its end; returns what reached the disk. */
async function play(definition: JsonObject) {
  const { writes, store, maps } = createRecorder();
  const { executions, states } = open(store, maps);
  const stateMachineArn = `${ARN}:stateMachine:orders`;
  const machine = { arn: stateMachineArn, name: 'orders', type: 'STANDARD', definition } as const;
  executions.define({ ...machine, roleArn: ROLE_ARN });
  const before = writes.length;
  await states('StartExecution', { stateMachineArn, name: 'one', input: '{"items":[1,2]}' });
  await executions.ended(EXECUTION);
  return { writes, before, whole: storyOf(store) };
}

/** What must be the same whether there was a kill or not. */
function storyOf(store: HistoryStore) {
  const { summary, eventCount } = store.find(EXECUTION) ?? { eventCount: 0 };
  const events = store.events(EXECUTION, 1, eventCount);
  const failed = events.filter(({ type }) => type === 'TaskFailed' || type === 'MapRunFailed');
  const [status, stoppedAt] = [summary?.status, summary?.stoppedAt];
  // A Distributed Map that failed just before the kill begins anew, and fails once more at the same time.
  return { status, stoppedAt, failedAt: [...new Set(failed.map(({ timestamp }) => timestamp))] };
}

/** Kills the process after a number of writes, and goes on in another one. */
async function goOnAfter(writes: readonly Write[]) {
  const disk: Disk = { store: createMemoryStore(), maps: new Map() };
  for (const write of writes) write(disk);
  const times = disk.store
    .executions()
    .flatMap(({ header, eventCount }) => disk.store.events(header.executionArn, 1, eventCount))
    .map(({ timestamp }) => Date.parse(timestamp));
  const { executions, clock, bugs } = open(disk.store, mapsOf(disk));
  clock.skipTo(Math.max(START_MS, ...times));
  await clock.rested();
  executions.recover();
  await executions.ended(EXECUTION);
  expect(bugs).toEqual([]);
  return storyOf(disk.store);
}

const DISTRIBUTED = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

describe('recover()', () => {
  test.each([
    ['a Parallel', parallelOf([quick('fine'), slow('broken'), slow('late')])],
    ['a Parallel in a Parallel', parallelOf([inner], { Retry: [] })],
    ['a Parallel whose branch retries too', parallelOf([inner, slow('late')])],
    ['an inline Map', mapOf({})],
    ['a Distributed Map', mapOf({ ...quick('broken'), ...DISTRIBUTED })],
  ])('counts the retries of %s on after a kill at any write', async (_name, definition) => {
    const { writes, before, whole } = await play(definition);
    const own = JSON.stringify(definition).split('"Retry":[{').length - 1;
    const attempts = 3 ** own;
    expect(whole.status).toBe('FAILED');
    expect(whole.failedAt).toHaveLength(attempts);
    for (let count = before + 1; count <= writes.length; count += 1) {
      expect({ count, ...(await goOnAfter(writes.slice(0, count))) }).toEqual({ count, ...whole });
    }
  });
});
