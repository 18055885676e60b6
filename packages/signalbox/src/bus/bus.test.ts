import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../core/aws-error.ts';
import { createTestBus, testEntry, testRule, testTarget } from './test-bus.ts';

const PATTERN = { source: ['shop.orders'] };
const OTHER_BUS = {
  logicalId: 'Other',
  name: 'other',
  arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/other',
};

function attributesOf(letter: { readonly attributes: Record<string, { StringValue: string }> }) {
  return Object.fromEntries(
    Object.entries(letter.attributes).map(([name, { StringValue }]) => [name, StringValue]),
  );
}

describe('putEvents()', () => {
  test('delivers an event in the form of EventBridge', async () => {
    const { bus, calls, settle } = createTestBus();
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN)] });

    const response = bus.putEvents([
      { ...testEntry({ id: 'o-1' }), Time: new Date('2026-02-03T04:05:06.789Z'), Resources: ['r'] },
    ]);
    await settle();

    expect(response).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] });
    expect(calls.map(({ body }) => JSON.parse(body))).toEqual([
      {
        version: '0',
        id: 'event-1',
        'detail-type': 'OrderPlaced',
        source: 'shop.orders',
        account: '123456789012',
        time: '2026-02-03T04:05:06Z',
        region: 'eu-west-1',
        resources: ['r'],
        detail: { id: 'o-1' },
      },
    ]);
  });

  test.each([
    [
      { Source: '' },
      'InvalidArgument',
      'Parameter Source is not valid. Reason: Source is a required argument.',
    ],
    [
      { DetailType: '' },
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    ],
    [
      { Detail: '' },
      'InvalidArgument',
      'Parameter Detail is not valid. Reason: Detail is a required argument.',
    ],
    [{ Detail: '{' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Detail: '[]' }, 'MalformedDetail', 'Detail is malformed.'],
    [
      { Detail: `{"a":${'['.repeat(1000)}${']'.repeat(1000)}}` },
      'MalformedDetail',
      'Detail is malformed.',
    ],
    [{ Source: 'aws.ec2' }, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
  ])('refuses the entry with %j and takes the others', (given, ErrorCode, ErrorMessage) => {
    const { bus } = createTestBus();

    const response = bus.putEvents([testEntry({}, given), testEntry()]);

    expect(response).toEqual({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode, ErrorMessage }, { EventId: 'event-1' }],
    });
  });

  test('reports what a delivery threw that no service refused, and goes on', async () => {
    const bug = new RangeError('Maximum call stack size exceeded');
    const { bus, bugs } = createTestBus({ deliver: () => Promise.reject(bug) });
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN)] });

    bus.putEvents([testEntry()]);
    await bus.idle();

    expect(bugs).toEqual([bug]);
  });

  test('refuses none and more than ten entries', () => {
    const { bus } = createTestBus();

    expect(() => bus.putEvents([])).toThrow('Member must have length greater than or equal to 1');
    expect(() => bus.putEvents(Array.from({ length: 11 }, () => testEntry()))).toThrow(
      /^1 validation error detected: Value '\[PutEventsRequestEntry\(time=null, source=shop.orders, .*Member must have length less than or equal to 10$/,
    );
  });

  test('refuses more than a megabyte', () => {
    const { bus } = createTestBus();
    const half = { text: 'é'.repeat(256 * 1024) };

    expect(bus.putEvents([testEntry(half)]).FailedEntryCount).toBe(0);
    expect(() => bus.putEvents([testEntry(half), testEntry(half)])).toThrow(
      'Total size of the entries in the request is over the limit.',
    );
  });

  test('takes an event for an unknown bus as EventBridge does, and says that it is lost', () => {
    const { bus, unmatched } = createTestBus();

    const response = bus.putEvents([testEntry({}, { EventBusName: 'nowhere' })]);

    expect(response.FailedEntryCount).toBe(0);
    expect(unmatched).toEqual([
      { eventBusName: 'nowhere', reason: 'No event bus has the name nowhere', nearest: undefined },
    ]);
  });

  test('takes the ARN of a bus', async () => {
    const { bus, calls, settle } = createTestBus();
    const rule = testRule(PATTERN, { eventBusName: 'other' });
    bus.load({ eventBuses: [OTHER_BUS], archives: [], rules: [rule] });

    bus.putEvents([testEntry({}, { EventBusName: OTHER_BUS.arn }), testEntry()]);
    await settle();

    expect(calls).toHaveLength(1);
  });
});

describe('publish()', () => {
  test('puts an event of a service on the default bus', async () => {
    const { bus, calls, settle } = createTestBus();
    const rule = testRule({ source: ['aws.states'], detail: { status: ['FAILED'] } });
    bus.load({ eventBuses: [], archives: [], rules: [rule] });

    const id = bus.publish({
      source: 'aws.states',
      detailType: 'Step Functions Execution Status Change',
      detail: { status: 'FAILED' },
    });
    await settle();

    expect(calls.map(({ context }) => context.event.id)).toEqual([id]);
  });
});

describe('load()', () => {
  test('replaces the rules', async () => {
    const { bus, calls, settle } = createTestBus();
    bus.load({ eventBuses: [], archives: [], rules: [testRule({ source: ['nobody'] })] });
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN)] });

    bus.putEvents([testEntry()]);
    await settle();

    expect(calls).toHaveLength(1);
  });

  test('refuses all that is wrong with its place, and keeps what it had', async () => {
    const { bus, calls, settle } = createTestBus();
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN)] });

    const broken = [
      testRule({ source: 'shop' }),
      testRule(PATTERN, { name: 'second', targets: [testTarget({ input: '{', id: 'one' })] }),
    ];
    expect(() => bus.load({ eventBuses: [], archives: [], rules: broken })).toThrow(
      'template.yaml:12: orders: source: Event pattern is not valid. Reason: "source" must be an object or an array\n' +
        'template.yaml:12: second: JSON syntax error in input for target one.',
    );
    bus.putEvents([testEntry()]);
    await settle();
    expect(calls).toHaveLength(1);
  });

  test('refuses a schedule that does not parse, with its place', () => {
    const { bus } = createTestBus();
    const rule = testRule(undefined, { scheduleExpression: 'every day' });

    expect(() => bus.load({ eventBuses: [], archives: [], rules: [rule] })).toThrow(
      'template.yaml:12: orders: Parameter ScheduleExpression is not valid: every day',
    );
  });
});

describe('load() of a rule on a bus that is not there', () => {
  test('says that the rule never matches', () => {
    const { bus } = createTestBus();
    const rules = [testRule(PATTERN, { eventBusName: 'elsewhere' })];

    expect(bus.load({ eventBuses: [], archives: [], rules })).toMatchObject([
      {
        message:
          "Rule orders is on bus elsewhere, which the template doesn't define: it never matches",
        file: 'template.yaml',
      },
    ]);
  });
});

describe('deliveries', () => {
  test('log the execution that a target started', async () => {
    const { bus, settle } = createTestBus({ deliver: async () => ({ executionArn: 'arn:x' }) });
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN)] });

    bus.putEvents([testEntry()]);
    expect(bus.log.events()[0]?.deliveries[0]?.result).toEqual({ kind: 'under-way' });
    await settle();

    expect(bus.log.find('event-1')).toMatchObject({
      eventBusName: 'default',
      ingestionTime: '2026-01-01T00:00:00.000Z',
      matchedRules: [{ name: 'orders' }],
      unmatched: undefined,
      deliveries: [
        {
          targetId: 'workflow',
          attempts: [{ at: '2026-01-01T00:00:00.000Z', error: undefined }],
          result: { kind: 'delivered', executionArn: 'arn:x' },
        },
      ],
    });
  });

  test('write what the target asked for', async () => {
    const { bus, calls, settle } = createTestBus();
    const targets = [
      testTarget({ id: 'constant', input: '{"a": 1}' }),
      testTarget({ id: 'path', inputPath: '$.detail' }),
      testTarget({
        id: 'transformer',
        inputTransformer: {
          inputPathsMap: { id: '$.detail.id' },
          inputTemplate: '{"id": <id>, "rule": <aws.events.rule-name>}',
        },
      }),
    ];
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN, { targets })] });

    bus.putEvents([testEntry({ id: 'o-1' })]);
    await settle();

    expect(calls.map(({ body }) => body)).toEqual([
      '{"a": 1}',
      '{"id":"o-1"}',
      '{"id": "o-1", "rule": "orders"}',
    ]);
  });

  test('that become no JSON are delivered to nobody', async () => {
    const { bus, calls, deadLetters, settle } = createTestBus();
    const inputTransformer = {
      inputPathsMap: { order: '$.detail' },
      inputTemplate: '{"text": "it was <order>"}',
    };
    const targets = [testTarget({ inputTransformer })];
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN, { targets })] });

    bus.putEvents([testEntry({ id: 'o-1' })]);
    await settle();

    expect(calls).toEqual([]);
    expect(deadLetters.map((letter) => attributesOf(letter)['ERROR_CODE'])).toEqual([
      'INVALID_JSON',
    ]);
  });

  test('are tried again with growing delays after throttling', async () => {
    const times: string[] = [];
    const { bus, clock, deadLetters, settle } = createTestBus({
      deliver: async () => {
        times.push(clock.now().toISOString());
        if (times.length < 4) throw new AwsError('ThrottlingException', 'Rate exceeded');
        return {};
      },
    });
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN)] });

    bus.putEvents([testEntry()]);
    await settle();

    expect(times.map((time) => time.slice(14, 23))).toEqual([
      '00:00.000',
      '00:00.750',
      '00:02.250',
      '00:05.250',
    ]);
    expect(deadLetters).toEqual([]);
    expect(bus.log.events()[0]?.deliveries[0]?.attempts).toHaveLength(4);
  });

  test('end in the dead-letter queue after the last retry', async () => {
    const { bus, deadLetters, settle } = createTestBus({
      deliver: async () => {
        throw new AwsError('ThrottlingException', 'Rate exceeded');
      },
    });
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN)] });

    bus.putEvents([testEntry({ id: 'o-1' })]);
    await settle();

    expect(deadLetters.map(attributesOf)).toEqual([
      {
        RULE_ARN: 'arn:aws:events:eu-west-1:123456789012:rule/orders',
        TARGET_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
        ERROR_CODE: 'THROTTLING',
        ERROR_MESSAGE: 'Rate exceeded',
        EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        RETRY_ATTEMPTS: '3',
      },
    ]);
    expect(JSON.parse(deadLetters[0]!.body)).toMatchObject({ detail: { id: 'o-1' } });
  });

  test('end in the dead-letter queue when the event grows too old', async () => {
    const { bus, clock, deadLetters, settle } = createTestBus({
      deliver: async () => {
        throw new AwsError('InternalServerError', 'Try later');
      },
    });
    const target = testTarget({ maximumRetryAttempts: 185, maximumEventAgeSeconds: 60 });
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN, { targets: [target] })] });

    bus.putEvents([testEntry()]);
    await settle();

    expect(attributesOf(deadLetters[0]!)).toMatchObject({
      ERROR_CODE: 'ERROR_FROM_TARGET',
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
    });
    expect(clock.now().toISOString()).toBe('2026-01-01T00:01:00.000Z');
  });

  test.each([
    ['AccessDeniedException', 'NO_PERMISSIONS'],
    ['StateMachineDoesNotExist', 'NO_RESOURCE'],
    ['ResourceNotFoundException', 'NO_RESOURCE'],
    ['InvalidExecutionInput', 'INVALID_JSON'],
    ['InvalidParameterValueException', 'INVALID_PARAMETER'],
    ['ExecutionAlreadyExists', 'RESOURCE_ALREADY_EXISTS'],
    ['UnsupportedTarget', 'SDK_CLIENT_ERROR'],
  ])('go straight to the dead-letter queue after %s', async (name, errorCode) => {
    const { bus, calls, deadLetters, settle } = createTestBus({
      deliver: async () => {
        throw new AwsError(name, 'No');
      },
    });
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN)] });

    bus.putEvents([testEntry()]);
    await settle();

    expect(calls).toHaveLength(1);
    const attributes = attributesOf(deadLetters[0]!);
    expect(attributes).toMatchObject({ ERROR_CODE: errorCode, RETRY_ATTEMPTS: '0' });
    expect(attributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
  });

  test.each([
    [undefined, 'the target has no dead-letter queue'],
    ['arn:dlq', 'arn:dlq refused it: AccessDenied: no policy'],
  ])(
    'with the dead-letter queue %s are dropped, and that is reported',
    async (deadLetterArn, because) => {
      const results: unknown[] = [];
      const { bus, deadLetters, settle } = createTestBus({
        deliver: async () => {
          throw new AwsError('AccessDeniedException', 'No');
        },
        sendToDeadLetters: async () => {
          throw new AwsError('AccessDenied', 'no policy');
        },
        onDelivery: ({ result }) => results.push(result),
      });
      const targets = [testTarget({ deadLetterArn })];
      bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN, { targets })] });

      bus.putEvents([testEntry()]);
      await settle();

      expect(deadLetters).toEqual([]);
      expect(results).toEqual([
        { kind: 'dropped', errorCode: 'NO_PERMISSIONS', errorMessage: 'No', because },
      ]);
    },
  );

  test('hand an event on to another bus as it is', async () => {
    const { bus, calls, settle } = createTestBus();
    const forward = testRule(PATTERN, { targets: [testTarget({ arn: OTHER_BUS.arn })] });
    const start = testRule(PATTERN, { name: 'start', eventBusName: 'other' });
    bus.load({ eventBuses: [OTHER_BUS], archives: [], rules: [forward, start] });

    bus.putEvents([testEntry()]);
    await settle();

    expect(calls.map(({ context }) => [context.ruleName, context.event.id])).toEqual([
      ['start', 'event-1'],
    ]);
    expect(bus.log.events().map(({ eventBusName }) => eventBusName)).toEqual(['default', 'other']);
  });

  test('to a bus that is not there end in the dead-letter queue', async () => {
    const { bus, deadLetters, settle } = createTestBus();
    const targets = [testTarget({ arn: OTHER_BUS.arn })];
    bus.load({ eventBuses: [], archives: [], rules: [testRule(PATTERN, { targets })] });

    bus.putEvents([testEntry()]);
    await settle();

    expect(deadLetters.map(attributesOf)).toMatchObject([
      { ERROR_CODE: 'NO_RESOURCE', ERROR_MESSAGE: 'Event bus other does not exist.' },
    ]);
  });

  test('end where buses send an event round in a loop', async () => {
    const { bus, deadLetters, settle } = createTestBus();
    const back = 'arn:aws:events:eu-west-1:123456789012:event-bus/default';
    const rules = [
      testRule(PATTERN, { name: 'there', targets: [testTarget({ arn: OTHER_BUS.arn })] }),
      testRule(PATTERN, {
        name: 'back',
        eventBusName: 'other',
        targets: [testTarget({ arn: back })],
      }),
    ];
    bus.load({ eventBuses: [OTHER_BUS], archives: [], rules });

    bus.putEvents([testEntry()]);
    await settle();

    expect(deadLetters.map((letter) => attributesOf(letter)['ERROR_MESSAGE'])).toEqual([
      expect.stringContaining('send event event-1 round in a loop'),
    ]);
  });
});

describe('unmatched events', () => {
  test('are reported with the nearest rule and its first reason', () => {
    const { bus, unmatched } = createTestBus();
    bus.load({
      eventBuses: [],
      archives: [],
      rules: [
        testRule({ source: ['billing'] }, { name: 'billing' }),
        testRule({ ...PATTERN, detail: { total: [{ numeric: ['>', 100] }] } }, { name: 'large' }),
      ],
    });

    bus.putEvents([testEntry({ total: 20 })]);

    expect(unmatched.map(({ reason }) => reason)).toEqual([
      'No rule matches; the nearest is large, where detail.total: expected [{"numeric":[">",100]}], found 20',
    ]);
    expect(bus.log.events()[0]?.unmatched?.nearest?.why?.field).toBe('detail.total');
  });

  test('are reported with a rule that is disabled', () => {
    const { bus, calls, unmatched } = createTestBus();
    const rules = [
      testRule({ source: ['x'] }),
      testRule(PATTERN, { name: 'off', state: 'DISABLED' }),
    ];
    bus.load({ eventBuses: [], archives: [], rules });

    bus.putEvents([testEntry()]);

    expect(calls).toEqual([]);
    expect(unmatched.map(({ reason }) => reason)).toEqual(['Rule off matches, but it is DISABLED']);
  });

  test('are reported with the remark that a bus has no rules', () => {
    const { bus, unmatched } = createTestBus();

    bus.putEvents([testEntry()]);

    expect(unmatched.map(({ reason }) => reason)).toEqual([
      'No rule with a pattern is on bus default',
    ]);
  });
});

describe('archives', () => {
  test('count the events that match, and keep the count when the template is read again', () => {
    const { bus } = createTestBus();
    const archive = {
      logicalId: 'Archive',
      name: 'all-orders',
      arn: 'arn:aws:events:eu-west-1:123456789012:archive/all-orders',
      eventBusName: 'default',
      eventPattern: { detail: { id: [{ exists: true }] } },
      retentionDays: 7,
    };
    const parts = { eventBuses: [], archives: [archive], rules: [] };
    bus.load(parts);

    bus.putEvents([testEntry({ id: 'o-1' }), testEntry(), testEntry({}, { EventBusName: 'x' })]);
    bus.load(parts);

    const sizeBytes = JSON.stringify(bus.log.events()[0]?.event).length;
    expect(bus.archives.find('all-orders', bus.now())).toMatchObject({ eventCount: 1, sizeBytes });
    expect(bus.log.events().map(({ archives }) => archives)).toEqual([['all-orders'], [], []]);
  });
});

describe('the log', () => {
  test('keeps the last events', () => {
    const { bus } = createTestBus({ logCapacity: 2 });

    bus.putEvents([testEntry(), testEntry(), testEntry()]);

    expect(bus.log.events().map(({ event }) => event.id)).toEqual(['event-2', 'event-3']);
  });
});

describe('idle()', () => {
  test('resolves at once when nothing is under way', async () => {
    const { bus } = createTestBus();

    await expect(bus.idle()).resolves.toBeUndefined();
  });
});

describe('fireRule()', () => {
  test('calls the targets of a scheduled rule, as EventBridge does', async () => {
    const { bus, calls, settle } = createTestBus();
    const scheduled = testRule(undefined, { scheduleExpression: 'rate(5 minutes)' });
    const other = testRule({ source: ['aws.events'] }, { name: 'other' });
    bus.load({ eventBuses: [], archives: [], rules: [scheduled, other] });

    expect(bus.fireRule('orders', new Date('2026-01-02T03:04:05Z'))).toBe('event-1');
    await settle();

    expect(calls.map(({ body }) => JSON.parse(body))).toEqual([
      {
        version: '0',
        id: 'event-1',
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '123456789012',
        time: '2026-01-02T03:04:05Z',
        region: 'eu-west-1',
        resources: ['arn:aws:events:eu-west-1:123456789012:rule/orders'],
        detail: {},
      },
    ]);
    expect(bus.fireRule('other')).toBeUndefined();
  });
});

describe('tracing', () => {
  test('goes on to targets, also over another bus', async () => {
    const { bus, calls, settle } = createTestBus();
    const forward = testRule(PATTERN, { targets: [testTarget({ arn: OTHER_BUS.arn })] });
    const start = testRule(PATTERN, { name: 'start', eventBusName: 'other' });
    bus.load({ eventBuses: [OTHER_BUS], archives: [], rules: [forward, start] });

    bus.putEvents([testEntry({}, { TraceHeader: 'Root=1-2-3' })]);
    await settle();

    expect(calls.map(({ context }) => context.traceHeader)).toEqual(['Root=1-2-3']);
  });
});
