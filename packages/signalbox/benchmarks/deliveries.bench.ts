import { type Bus, createBus } from '../src/bus/bus.ts';
import type { Deliver, SendToDeadLetters } from '../src/bus/deliver-event.ts';
import { AwsError } from '../src/core/aws-error.ts';
import { createSkippingClock } from '../src/core/skipping-clock.ts';
import type { BenchRow } from './bench-row.ts';

const EVENTS = 100_000;
/** Events that are under way together. */
const BATCH = 1000;
const ENTRIES = 10;

/** The results of a target, each with the same chance; undefined means that it takes the event. */
const RESULTS = [
  undefined,
  undefined,
  'ThrottlingException',
  'InternalServerError',
  'AccessDeniedException',
] as const;

/** Counts, over targets that fail at random, where every accepted event ends. */
export async function runDeliveriesBench(): Promise<readonly BenchRow[]> {
  const ended = new Map<string, 'delivered' | 'dead-lettered'>();
  const random = randomFrom(6);
  const deliver: Deliver = async (_, __, { event }) => {
    const refusal = RESULTS[Math.floor(random() * RESULTS.length)];
    if (refusal !== undefined) throw new AwsError(refusal, 'Not this time');
    ended.set(event.id, 'delivered');
    return {};
  };
  const sendToDeadLetters: SendToDeadLetters = async (_, body) => {
    const { id }: { readonly id: string } = JSON.parse(body);
    ended.set(id, 'dead-lettered');
  };
  const bus = createFailingBus(deliver, sendToDeadLetters, random);
  const startedAt = performance.now();
  const accepted = await putAll(bus);
  const eventsPerSecond = (accepted.length * 1000) / (performance.now() - startedAt);
  const delivered = accepted.filter((id) => ended.get(id) === 'delivered').length;
  const deadLettered = accepted.filter((id) => ended.get(id) === 'dead-lettered').length;
  return [
    {
      name: 'events put, matched and delivered over failing targets',
      value: eventsPerSecond,
      unit: 'events/s',
      remark: `${delivered} delivered, ${deadLettered} dead-lettered`,
    },
    {
      name: 'events that were accepted and ended nowhere',
      value: EVENTS - delivered - deadLettered,
      unit: `of ${EVENTS.toLocaleString('en')}`,
      atMost: 0,
    },
  ];
}

async function putAll(bus: Bus): Promise<readonly string[]> {
  const accepted: string[] = [];
  while (accepted.length < EVENTS) {
    for (let put = 0; put < BATCH; put += ENTRIES) {
      const { Entries } = bus.putEvents(
        Array.from({ length: ENTRIES }, (_, index) => ({
          Source: 'bench',
          DetailType: 'Tick',
          Detail: JSON.stringify({ number: accepted.length + index }),
        })),
      );
      accepted.push(...Entries.flatMap((entry) => ('EventId' in entry ? [entry.EventId] : [])));
    }
    await bus.idle();
  }
  return accepted;
}

function createFailingBus(
  deliver: Deliver,
  sendToDeadLetters: SendToDeadLetters,
  random: () => number,
): Bus {
  let count = 0;
  const bus = createBus({
    clock: createSkippingClock(),
    random,
    uuid: () => {
      count += 1;
      return String(count);
    },
    accountId: '123456789012',
    region: 'us-east-1',
    deliver,
    sendToDeadLetters,
    isSchedule: () => false,
    onDelivery: () => undefined,
    onBug(bug) {
      throw bug;
    },
    onUnmatched: () => undefined,
  });
  bus.load({ eventBuses: [], archives: [], rules: [tickRule()] });
  return bus;
}

function tickRule() {
  const target = {
    id: 'target',
    arn: 'arn:aws:lambda:us-east-1:123456789012:function:tick',
    roleArn: undefined,
    input: undefined,
    inputPath: undefined,
    inputTransformer: undefined,
    deadLetterArn: 'arn:aws:sqs:us-east-1:123456789012:dead-letters',
    maximumRetryAttempts: 3,
    maximumEventAgeSeconds: 3600,
  };
  return {
    logicalId: 'TickRule',
    name: 'tick',
    arn: 'arn:aws:events:us-east-1:123456789012:rule/tick',
    eventBusName: 'default',
    state: 'ENABLED' as const,
    eventPattern: { source: ['bench'] },
    scheduleExpression: undefined,
    targets: [target],
    place: { file: 'deliveries.bench.ts', line: 1 },
  };
}

/** Numbers in [0, 1) that are the same in each run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
