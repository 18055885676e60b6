import { describe, expect, test } from '@jest/globals';
import { createTestBus, testEntry, testRule, testTarget } from '../test-bus.ts';
import { createEventsService } from './events-service.ts';

const CALLER = { arn: 'arn:aws:iam::123456789012:root' };
const PATTERN = { source: ['shop.orders'] };
const TARGET = { Id: 'queue', Arn: 'arn:aws:sqs:eu-west-1:123456789012:orders' };

function start() {
  const given = createTestBus();
  given.bus.load({
    eventBuses: [
      {
        logicalId: 'Shop',
        name: 'shop',
        arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/shop',
      },
    ],
    archives: [
      {
        logicalId: 'Archive',
        name: 'all',
        arn: 'arn:aws:events:eu-west-1:123456789012:archive/all',
        eventBusName: 'shop',
        eventPattern: PATTERN,
        retentionDays: 7,
      },
    ],
    rules: [testRule(PATTERN, { eventBusName: 'shop' })],
  });
  const { actions } = createEventsService(given.bus);
  async function call(action: string, input: object = {}): Promise<object> {
    const run = actions[action];
    if (run === undefined) throw new Error(`No action ${action}`);
    return run(input, CALLER);
  }
  return { ...given, call };
}

describe('createEventsService()', () => {
  test('lists and describes buses', async () => {
    const { call } = start();

    expect(await call('ListEventBuses', { Limit: 1 })).toEqual({
      EventBuses: [
        {
          Name: 'default',
          Arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/default',
          // Recorded: AWS tells both times in lists too.
          CreationTime: new Date('2026-01-01T00:00:00.000Z'),
          LastModifiedTime: new Date('2026-01-01T00:00:00.000Z'),
        },
      ],
      NextToken: '1',
    });
    expect(await call('ListEventBuses', { NextToken: '1' })).toMatchObject({
      EventBuses: [{ Name: 'shop' }],
      NextToken: undefined,
    });
    expect(await call('DescribeEventBus', { Name: 'shop' })).toMatchObject({ Name: 'shop' });
    await expect(call('DescribeEventBus', { Name: 'x' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Event bus x does not exist.',
    });
    await expect(call('ListEventBuses', { NextToken: 'x' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('tells when a bus was made, and when it was changed', async () => {
    const { call } = start();
    await call('CreateEventBus', { Name: 'house', Description: 'doors' });
    await call('UpdateEventBus', { Name: 'house', Description: 'doors and windows' });

    const at = new Date('2026-01-01T00:00:00.000Z');
    expect(await call('DescribeEventBus', { Name: 'house' })).toMatchObject({
      Description: 'doors and windows',
      CreationTime: at,
      LastModifiedTime: at,
    });
  });

  test('lists and describes rules', async () => {
    const { call } = start();
    const rule = {
      Name: 'orders',
      Arn: 'arn:aws:events:eu-west-1:123456789012:rule/orders',
      EventPattern: '{"source":["shop.orders"]}',
      State: 'ENABLED',
      EventBusName: 'shop',
    };

    expect(await call('ListRules', { EventBusName: 'shop' })).toEqual({ Rules: [rule] });
    expect(await call('ListRules', { EventBusName: 'shop', NamePrefix: 'x' })).toEqual({
      Rules: [],
    });
    expect(await call('DescribeRule', { Name: 'orders', EventBusName: 'shop' })).toEqual({
      ...rule,
      CreatedBy: '123456789012',
    });
    expect(
      await call('ListRuleNamesByTarget', { TargetArn: testTarget().arn, EventBusName: 'shop' }),
    ).toEqual({ RuleNames: ['orders'] });
    await expect(call('DescribeRule', { Name: 'orders' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule orders does not exist on EventBus default.',
    });
    await expect(call('DescribeRule')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('switches a rule off and on', async () => {
    const { bus, call, calls, settle } = start();
    const entry = testEntry({}, { EventBusName: 'shop' });

    await call('DisableRule', { Name: 'orders', EventBusName: 'shop' });
    bus.putEvents([entry]);
    await settle();
    expect(calls).toHaveLength(0);

    await call('EnableRule', { Name: 'orders', EventBusName: 'shop' });
    bus.putEvents([entry]);
    await settle();
    expect(calls).toHaveLength(1);
  });

  test('makes a rule with targets, delivers to them, and takes them away', async () => {
    const { call, calls, settle } = start();
    const EventPattern = JSON.stringify(PATTERN);

    expect(await call('PutRule', { Name: 'mine', EventBusName: 'shop', EventPattern })).toEqual({
      RuleArn: 'arn:aws:events:eu-west-1:123456789012:rule/shop/mine',
    });
    const target = { ...TARGET, InputPath: '$.detail', RetryPolicy: { MaximumRetryAttempts: 2 } };
    expect(
      await call('PutTargets', { Rule: 'mine', EventBusName: 'shop', Targets: [target] }),
    ).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
    expect(await call('ListTargetsByRule', { Rule: 'mine', EventBusName: 'shop' })).toEqual({
      Targets: [
        { ...target, RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 86_400 } },
      ],
    });
    await call('PutEvents', { Entries: [testEntry({ id: 1 }, { EventBusName: 'shop' })] });
    await settle();
    expect(calls.map(({ target: { id }, body }) => `${id} ${body}`)).toContain('queue {"id":1}');

    await expect(call('DeleteRule', { Name: 'mine', EventBusName: 'shop' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: "Rule can't be deleted since it has targets.",
    });
    expect(
      await call('RemoveTargets', { Rule: 'mine', EventBusName: 'shop', Ids: ['queue', 'x'] }),
    ).toEqual({
      FailedEntryCount: 1,
      FailedEntries: [
        {
          TargetId: 'x',
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: "Rule 'mine' does not have a target with the Id 'x'.",
        },
      ],
    });
    await call('DeleteRule', { Name: 'mine', EventBusName: 'shop' });
    await expect(call('DescribeRule', { Name: 'mine', EventBusName: 'shop' })).rejects.toThrow(
      'Rule mine does not exist on EventBus shop.',
    );
    expect(await call('DeleteRule', { Name: 'mine', EventBusName: 'shop' })).toEqual({});
  });

  test.each([
    [
      { Input: '{}', InputPath: '$' },
      'ValidationException',
      'Only one of Input, InputPath, or InputTransformer must be provided for target queue.',
    ],
    [
      { InputTransformer: { InputTemplate: '<x>' } },
      'ValidationException',
      'InputTemplate for target queue contains invalid placeholder x.',
    ],
    [
      { KinesisParameters: {} },
      'ValidationException',
      "The rehearsal doesn't support KinesisParameters of target queue.",
    ],
  ])('refuses a target with %j', async (given, name, message) => {
    const { call } = start();

    await expect(
      call('PutTargets', {
        Rule: 'orders',
        EventBusName: 'shop',
        Targets: [{ ...TARGET, ...given }],
      }),
    ).rejects.toMatchObject({ name, message });
  });

  test('refuses a sixth target', async () => {
    const { call } = start();
    const Targets = ['1', '2', '3', '4', '5'].map((Id) => ({ ...TARGET, Id }));

    await expect(
      call('PutTargets', { Rule: 'orders', EventBusName: 'shop', Targets }),
    ).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  test.each([
    [
      {},
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    ],
    [
      { ScheduleExpression: 'daily' },
      'ValidationException',
      'Parameter ScheduleExpression is not valid.',
    ],
    [
      { ScheduleExpression: 'rate(1 day)', EventBusName: 'shop' },
      'ValidationException',
      'ScheduleExpression is supported only on the default event bus.',
    ],
    [
      { EventPattern: '{}', State: 'X' },
      'ValidationException',
      'The rehearsal knows no rule state X.',
    ],
    [
      { EventPattern: '{"a": 1}' },
      'InvalidEventPatternException',
      'Event pattern is not valid. Reason: "a" must be an object or an array\n at [Source: (String)"{"a": 1}"; line: 1, column: 8]',
    ],
  ])('refuses a rule with %j', async (given, name, message) => {
    const { call } = start();

    await expect(call('PutRule', { Name: 'x', ...given })).rejects.toMatchObject({ name, message });
  });

  test('refuses a pattern that is longer than the service takes', async () => {
    const { call } = start();
    const patternOf = (length: number) => `{"a":["${'x'.repeat(length - 10)}"]}`;

    await call('PutRule', { Name: 'longest', EventPattern: patternOf(4096) });

    await expect(
      call('PutRule', { Name: 'longer', EventPattern: patternOf(4097) }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(
        "at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to 4096",
      ),
    });
  });

  test('tests a pattern against an event', async () => {
    const { call } = start();
    const EventPattern = '{"detail": {"total": [{"numeric": [">", 5]}]}}';

    const envelope = {
      ...{ id: '1', source: 'shop', account: '123456789012', region: 'eu-central-1' },
      ...{ time: '2026-01-05T10:00:00Z', resources: [], 'detail-type': 'OrderPlaced' },
    };
    const tested = (more: object) =>
      call('TestEventPattern', { EventPattern, Event: JSON.stringify({ ...envelope, ...more }) });

    expect(await tested({ detail: { total: 6 } })).toEqual({ Result: true });
    expect(await tested({})).toEqual({ Result: false });
    await expect(call('TestEventPattern', { EventPattern, Event: '{}' })).rejects.toThrow(
      'Parameter Event is not valid.',
    );
    await expect(call('TestEventPattern', { EventPattern, Event: '[]' })).rejects.toThrow(
      'Parameter Event is not valid.',
    );
    await expect(call('TestEventPattern', { EventPattern, Event: '{' })).rejects.toThrow(
      'Parameter Event is not valid.',
    );
    await expect(
      call('TestEventPattern', { EventPattern: '{"a": []}', Event: '{}' }),
    ).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
  });

  test('lists and describes archives', async () => {
    const { bus, call } = start();
    bus.putEvents([testEntry({}, { EventBusName: 'shop' })]);

    expect(await call('ListArchives', { NamePrefix: 'a' })).toMatchObject({
      Archives: [
        {
          ArchiveName: 'all',
          EventSourceArn: 'arn:aws:events:eu-west-1:123456789012:event-bus/shop',
          State: 'ENABLED',
          RetentionDays: 7,
          EventCount: 1,
        },
      ],
    });
    await expect(call('ListArchives', { EventSourceArn: 'x' })).rejects.toThrow(
      'Event bus x does not exist.',
    );
    expect(await call('DescribeArchive', { ArchiveName: 'all' })).toMatchObject({
      ArchiveArn: 'arn:aws:events:eu-west-1:123456789012:archive/all',
      EventPattern: '{"source":["shop.orders"]}',
      CreationTime: new Date('2026-01-01T00:00:00Z'),
    });
    await expect(call('DescribeArchive', { ArchiveName: 'x' })).rejects.toThrow(
      'Archive x does not exist.',
    );
  });

  test('makes, changes and deletes archives', async () => {
    const { bus, call } = start();
    const EventSourceArn = 'arn:aws:events:eu-west-1:123456789012:event-bus/default';
    const archive = { ArchiveName: 'mine', EventSourceArn };
    const ArchiveArn = 'arn:aws:events:eu-west-1:123456789012:archive/mine';

    expect(await call('CreateArchive', { ...archive, EventPattern: '{"source":["a"]}' })).toEqual({
      ArchiveArn,
      State: 'ENABLED',
      CreationTime: new Date('2026-01-01T00:00:00Z'),
    });
    await expect(call('CreateArchive', archive)).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Archive mine already exists.',
    });
    await expect(
      call('CreateArchive', { ArchiveName: 'x', EventSourceArn: `${EventSourceArn}x` }),
    ).rejects.toThrow('Event bus defaultx does not exist.');
    await expect(
      call('UpdateArchive', { ArchiveName: 'mine', EventPattern: '{"source":[]}' }),
    ).rejects.toMatchObject({ name: 'InvalidEventPatternException' });

    bus.putEvents([testEntry(), testEntry({}, { Source: 'a' })]);
    await call('UpdateArchive', { ArchiveName: 'mine', Description: 'd', RetentionDays: 3 });
    expect(await call('DescribeArchive', { ArchiveName: 'mine' })).toMatchObject({
      Description: 'd',
      EventPattern: '{"source":["a"]}',
      RetentionDays: 3,
      EventCount: 1,
    });
    bus.load({ eventBuses: [], archives: [], rules: [] });
    expect(await call('ListArchives')).toMatchObject({ Archives: [{ ArchiveName: 'mine' }] });
    await call('DeleteArchive', { ArchiveName: 'mine' });
    await expect(call('DeleteArchive', { ArchiveName: 'mine' })).rejects.toThrow(
      'Archive mine does not exist.',
    );
  });

  test('brings the events of an archive back, with the replay-name field', async () => {
    const { bus, call, calls, settle } = start();
    const entry = (given: object) => ({ ...testEntry({}, { EventBusName: 'shop' }), ...given });
    bus.putEvents([
      entry({ Time: new Date('2026-01-01T10:05:00Z'), Detail: '{"n":2}' }),
      entry({ Time: new Date('2026-01-01T10:00:00Z'), Detail: '{"n":1}' }),
      entry({ Time: new Date('2026-01-01T12:00:00Z'), Detail: '{"n":3}' }),
    ]);
    await settle();
    calls.length = 0;

    expect(await call('StartReplay', replay())).toEqual({
      ReplayArn: 'arn:aws:events:eu-west-1:123456789012:replay/again',
      State: 'STARTING',
      ReplayStartTime: new Date('2026-01-01T00:00:00Z'),
    });
    await expect(call('StartReplay', replay())).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Replay again already exists.',
    });
    await settle();

    expect(calls.map(({ body }) => JSON.parse(body))).toMatchObject([
      { id: 'event-2', 'replay-name': 'again', detail: { n: 1 } },
      { id: 'event-1', 'replay-name': 'again', detail: { n: 2 } },
    ]);
    expect(Object.keys(JSON.parse(calls[0]?.body ?? '')).slice(-4)).toEqual([
      'region',
      'replay-name',
      'resources',
      'detail',
    ]);
    expect(await call('DescribeReplay', { ReplayName: 'again' })).toMatchObject({
      State: 'COMPLETED',
      EventLastReplayedTime: new Date('2026-01-01T10:05:00Z'),
      ReplayEndTime: new Date('2026-01-01T00:00:02Z'),
      Destination: { Arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/shop' },
    });
    expect(bus.archives.find('all', bus.now())?.eventCount).toBe(3);
    expect(await call('ListReplays', { State: 'COMPLETED' })).toMatchObject({
      Replays: [{ ReplayName: 'again' }],
    });
    await expect(call('CancelReplay', { ReplayName: 'again' })).rejects.toMatchObject({
      name: 'IllegalStatusException',
    });
  });

  test('brings events back to the named rules only', async () => {
    const { bus, call, calls, settle } = start();
    bus.putEvents([
      { ...testEntry({}, { EventBusName: 'shop' }), Time: new Date('2026-01-01T10:00:00Z') },
    ]);
    await settle();
    calls.length = 0;

    await call('StartReplay', replay({ FilterArns: ['arn:aws:events:x:1:rule/shop/other'] }));
    await settle();
    expect(calls).toEqual([]);
  });

  test('stops a replay that is cancelled', async () => {
    const { bus, call, calls, settle } = start();
    bus.putEvents([
      { ...testEntry({}, { EventBusName: 'shop' }), Time: new Date('2026-01-01T10:00:00Z') },
    ]);
    await settle();
    calls.length = 0;

    await call('StartReplay', replay());
    expect(await call('CancelReplay', { ReplayName: 'again' })).toMatchObject({
      State: 'CANCELLING',
    });
    await settle();

    expect(calls).toEqual([]);
    expect(await call('DescribeReplay', { ReplayName: 'again' })).toMatchObject({
      State: 'CANCELLED',
    });
  });

  test.each([
    [
      { EventSourceArn: 'arn:aws:events:eu-west-1:123456789012:archive/x' },
      'ValidationException',
      'Parameter EventSourceArn is not valid. Reason: Archive x does not exist.',
    ],
    [
      { Destination: { Arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/default' } },
      'ValidationException',
      'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
    ],
    [
      { Destination: { Arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/x' } },
      'ResourceNotFoundException',
      'Event bus x does not exist.',
    ],
    [
      { EventEndTime: new Date('2026-01-01T09:00:00Z') },
      'ValidationException',
      'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
    ],
  ])('refuses a replay with %j', async (given, name, message) => {
    const { call } = start();

    await expect(call('StartReplay', { ...replay(), ...given })).rejects.toMatchObject({
      name,
      message,
    });
  });

  test('makes, changes and deletes buses', async () => {
    const { call } = start();
    const EventBusArn = 'arn:aws:events:eu-west-1:123456789012:event-bus/mine';

    expect(await call('CreateEventBus', { Name: 'mine' })).toEqual({ EventBusArn });
    const DeadLetterConfig = { Arn: 'arn:aws:sqs:us-east-1:123456789012:dead' };
    const LogConfig = { Level: 'INFO', IncludeDetail: 'FULL' };
    const settings = { DeadLetterConfig, LogConfig, Description: 'doors' };
    expect(await call('CreateEventBus', { Name: 'logged', ...settings })).toMatchObject(settings);
    const KmsKeyIdentifier = 'alias/bus';
    expect(await call('UpdateEventBus', { Name: 'logged', KmsKeyIdentifier })).toMatchObject({
      ...settings,
      KmsKeyIdentifier,
    });
    expect(await call('DescribeEventBus', { Name: 'logged' })).toMatchObject({
      ...settings,
      KmsKeyIdentifier,
    });
    expect(await call('ListEventBuses', { NamePrefix: 'logged' })).toMatchObject({
      EventBuses: [expect.not.objectContaining({ LogConfig })],
    });
    await call('DeleteEventBus', { Name: 'logged' });
    await expect(call('CreateEventBus', { Name: 'mine' })).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Event bus mine already exists.',
    });
    await call('UpdateEventBus', { Name: 'mine', Description: 'd' });
    expect(await call('DescribeEventBus', { Name: 'mine' })).toMatchObject({ Description: 'd' });
    await expect(call('DeleteEventBus', { Name: 'default' })).rejects.toThrow(
      'Cannot delete event bus default.',
    );
    await expect(call('DeleteEventBus', { Name: 'shop' })).rejects.toThrow(
      "EventBus can't be deleted since it has rules.",
    );
    expect(await call('DeleteEventBus', { Name: 'mine' })).toEqual({});
    await expect(call('DescribeEventBus', { Name: 'mine' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('makes a rule with a schedule, and notifies who listens', async () => {
    const { bus, call } = start();
    let changes = 0;
    bus.rules.onChange(() => {
      changes += 1;
    });

    await call('PutRule', { Name: 'nightly', ScheduleExpression: 'rate(1 day)' });

    expect(await call('DescribeRule', { Name: 'nightly' })).toMatchObject({
      ScheduleExpression: 'rate(1 day)',
      EventPattern: undefined,
    });
    expect(changes).toBe(1);
  });
});

function replay(destination: object = {}) {
  return {
    ReplayName: 'again',
    EventSourceArn: 'arn:aws:events:eu-west-1:123456789012:archive/all',
    EventStartTime: new Date('2026-01-01T10:00:00Z'),
    EventEndTime: new Date('2026-01-01T11:00:00Z'),
    Destination: { Arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/shop', ...destination },
  };
}
