import type { JsonObject } from '../core/json.ts';
import { createTestClock, type TestClock } from '../core/test-clock.ts';
import type { RuleResource, TargetResource } from '../template/app.ts';
import { type Bus, type BusOptions, createBus } from './bus.ts';
import type { MessageAttributes } from './dead-letter.ts';
import type { DeliveryContext } from './deliver-event.ts';
import type { Unmatched } from './delivery.ts';

/** A call of a target. */
export interface TargetCall {
  readonly target: TargetResource;
  readonly body: string;
  readonly context: DeliveryContext;
}

/** A message in a dead-letter queue. */
export interface DeadLetter {
  readonly queueArn: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
}

/** A bus and all that it did. */
export interface TestBus {
  readonly bus: Bus;
  readonly clock: TestClock;
  readonly calls: TargetCall[];
  readonly deadLetters: DeadLetter[];
  readonly unmatched: Unmatched[];
  readonly bugs: unknown[];
  /** Skips time until nothing is under way. */
  settle(): Promise<void>;
}

/** Makes a bus whose targets take everything, unless `given` says otherwise. */
export function createTestBus(options: Partial<BusOptions> = {}): TestBus {
  const clock = createTestClock('2026-01-01T00:00:00.000Z');
  const calls: TargetCall[] = [];
  const deadLetters: DeadLetter[] = [];
  const unmatched: Unmatched[] = [];
  const bugs: unknown[] = [];
  let count = 0;
  const bus = createBus({
    clock,
    random: () => 0.5,
    uuid: () => {
      count += 1;
      return `event-${count}`;
    },
    accountId: '123456789012',
    region: 'eu-west-1',
    isSchedule: (text) => text.startsWith('rate('),
    onDelivery: () => undefined,
    onBug: (bug) => bugs.push(bug),
    onUnmatched: (_, reason) => unmatched.push(reason),
    ...options,
    deliver: async (target, body, context) => {
      calls.push({ target, body, context });
      return options.deliver?.(target, body, context) ?? {};
    },
    sendToDeadLetters: async (queueArn, body, attributes) => {
      await options.sendToDeadLetters?.(queueArn, body, attributes);
      deadLetters.push({ queueArn, body, attributes });
    },
  });
  const settle = () => clock.skipUntil(bus.idle());
  return { bus, clock, calls, deadLetters, unmatched, bugs, settle };
}

/** A target that takes the event as it is, has a dead-letter queue and is tried thrice again. */
export function testTarget(given: Partial<TargetResource> = {}): TargetResource {
  return {
    id: 'workflow',
    arn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
    roleArn: 'arn:aws:iam::123456789012:role/start-orders',
    input: undefined,
    inputPath: undefined,
    inputTransformer: undefined,
    deadLetterArn: 'arn:aws:sqs:eu-west-1:123456789012:dead-letters',
    maximumRetryAttempts: 3,
    maximumEventAgeSeconds: 3600,
    ...given,
  };
}

/** A rule on the default bus. */
export function testRule(
  eventPattern: JsonObject | undefined,
  given: Partial<RuleResource> = {},
): RuleResource {
  const name = given.name ?? 'orders';
  return {
    logicalId: 'OrdersRule',
    name,
    arn: `arn:aws:events:eu-west-1:123456789012:rule/${name}`,
    eventBusName: 'default',
    state: 'ENABLED',
    eventPattern,
    scheduleExpression: undefined,
    targets: [testTarget()],
    place: { file: 'template.yaml', line: 12 },
    ...given,
  };
}

/** An entry of PutEvents. */
export function testEntry(detail: JsonObject = {}, given: Record<string, string> = {}) {
  return {
    Source: 'shop.orders',
    DetailType: 'OrderPlaced',
    Detail: JSON.stringify(detail),
    ...given,
  };
}
