import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../core/aws-error.ts';
import { createSkippingClock } from '../core/skipping-clock.ts';
import { createSchedulerService } from './api/scheduler-service.ts';
import type { InvocationResult } from './run-invocation.ts';
import { createScheduler } from './scheduler.ts';

const CALLER = { arn: 'arn:aws:iam::123456789012:root' };
const ROLE = 'arn:aws:iam::123456789012:role/schedules';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';
const DEAD_LETTERS = 'arn:aws:sqs:eu-west-1:123456789012:dead-letters';
const START_MS = Date.parse('2026-03-01T00:00:00Z');

/** A scheduler on a clock whose real time stands still until the test moves it. */
function start(respond: (service: string, action: string, input: object) => object = () => ({})) {
  let nowMs = START_MS;
  let due: (() => void) | undefined;
  const clock = createSkippingClock({
    realNow: () => nowMs,
    setTimer: (wake) => {
      due = wake;
      return {
        cancel: () => {
          due = undefined;
        },
      };
    },
  });
  const calls: { readonly at: string; readonly call: readonly unknown[] }[] = [];
  const results: InvocationResult[] = [];
  const scheduler = createScheduler({
    clock,
    random: () => 0.5,
    uuid: () => '01234567-89ab-cdef-0123-456789abcdef',
    accountId: '123456789012',
    region: 'eu-west-1',
    call: async (service, action, input, caller) => {
      calls.push({
        at: clock.now().toISOString().slice(0, 16),
        call: [service, action, input, caller.arn],
      });
      return respond(service, action, input);
    },
    queueUrl: (arn) =>
      arn.endsWith(':nowhere') ? undefined : `http://queue/${arn.split(':').at(-1)}`,
    isRetryable: ({ name }) => name === 'ThrottlingException',
    retryDelayMs: (retry) => retry * 1000,
    onInvocation: (_, result) => results.push(result),
    onBug: (bug) => {
      throw bug;
    },
  });
  const { actions } = createSchedulerService(scheduler);
  return {
    scheduler,
    calls,
    results,
    async call(action: string, input: object = {}): Promise<object> {
      const run = actions[action];
      if (run === undefined) throw new Error(`No action ${action}`);
      return run(input, CALLER);
    },
    /** Lets real time come to a time; what was planned until then happens. */
    async until(time: string): Promise<void> {
      const endMs = Date.parse(time);
      await clock.rested();
      while (nowMs < endMs) {
        nowMs += 60_000;
        due?.();
        await clock.rested();
      }
    },
  };
}

function input(given: object = {}) {
  return {
    Name: 'nightly',
    ScheduleExpression: 'cron(0 1 * * ? *)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: QUEUE, RoleArn: ROLE, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
    ...given,
  };
}

describe('createScheduler()', () => {
  test('calls the target as the schedule says, as its role', async () => {
    const { call, calls, until, results } = start();
    await call('CreateSchedule', input());

    await until('2026-03-01T02:00:00Z');

    expect(calls).toEqual([
      {
        at: '2026-03-01T01:00',
        call: [
          'sqs',
          'SendMessage',
          { QueueUrl: 'http://queue/orders', MessageBody: '{"at":"2026-03-01T01:00:00Z"}' },
          ROLE,
        ],
      },
    ]);
    expect(results).toEqual([{ kind: 'invoked', attempts: 1 }]);
  });

  test('begins a rate without a start at once, and calls within a flexible window', async () => {
    const { call, calls, until } = start();
    const rate = { ScheduleExpression: 'rate(30 minutes)' };
    await call('CreateSchedule', input({ ...rate, Name: 'now' }));
    const FlexibleTimeWindow = { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 20 };
    const StartDate = new Date('2026-03-01T00:30:00Z');
    const EndDate = new Date('2026-03-01T00:59:00Z');
    await call('CreateSchedule', input({ ...rate, FlexibleTimeWindow, StartDate, EndDate }));

    await until('2026-03-01T01:10:00Z');

    expect(calls.map(({ at }) => at.slice(11))).toEqual(['00:00', '00:30', '00:40', '01:00']);
  });

  test('is no reason for time to skip', async () => {
    const { call, calls, scheduler } = start();
    await call('CreateSchedule', input());

    expect(calls).toEqual([]);
    const [schedule] = scheduler.table.all();
    expect(schedule && scheduler.next(schedule)).toBe(Date.parse('2026-03-01T01:00:00Z'));
  });

  test('deletes a one-time schedule after its time, where it says so', async () => {
    const { call, calls, until, scheduler } = start();
    const ScheduleExpression = 'at(2026-03-01T02:05:00)';
    const ScheduleExpressionTimezone = 'Europe/Berlin';
    const given = { ScheduleExpression, ScheduleExpressionTimezone };
    await call('CreateSchedule', input({ ...given, ActionAfterCompletion: 'DELETE' }));
    await call('CreateSchedule', input({ ...given, Name: 'kept' }));

    await until('2026-03-01T01:10:00Z');

    expect(calls.map(({ at }) => at.slice(11))).toEqual(['01:05', '01:05']);
    expect(scheduler.table.all().map(({ definition }) => definition.name)).toEqual(['kept']);
  });

  test('calls again after throttling, with another attempt number', async () => {
    let count = 0;
    const { call, scheduler, calls } = start(() => {
      count += 1;
      if (count < 3) throw new AwsError('ThrottlingException', 'Rate exceeded');
      return {};
    });
    await call(
      'CreateSchedule',
      input({
        Target: {
          Arn: QUEUE,
          RoleArn: ROLE,
          Input: '<aws.scheduler.attempt-number> <aws.scheduler.execution-id>',
        },
      }),
    );
    const [schedule] = scheduler.table.all();

    expect(schedule && (await scheduler.fire(schedule))).toEqual({ kind: 'invoked', attempts: 3 });
    expect(calls.map(({ call: [, , sent] }) => sent)).toMatchObject([
      { MessageBody: '1 0123456789abcdef' },
      { MessageBody: '2 0123456789abcdef' },
      { MessageBody: '3 0123456789abcdef' },
    ]);
  });

  test('sends to the dead-letter queue what the target refuses', async () => {
    const { call, scheduler, calls } = start((service) => {
      if (service === 'states') throw new AwsError('ThrottlingException', 'Rate exceeded');
      return {};
    });
    const Arn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';
    const RetryPolicy = { MaximumRetryAttempts: 1 };
    const DeadLetterConfig = { Arn: DEAD_LETTERS };
    const Target = { Arn, RoleArn: ROLE, Input: '{}', RetryPolicy, DeadLetterConfig };
    await call('CreateSchedule', input({ Target }));
    const [schedule] = scheduler.table.all();

    expect(schedule && (await scheduler.fire(schedule))).toMatchObject({ kind: 'dead-lettered' });
    const attribute = (StringValue: unknown) => ({ DataType: 'String', StringValue });
    expect(calls.at(-1)?.call).toEqual([
      'sqs',
      'SendMessage',
      {
        QueueUrl: 'http://queue/dead-letters',
        MessageBody: '{}',
        MessageAttributes: {
          ERROR_CODE: attribute('ThrottlingException'),
          ERROR_MESSAGE: attribute('Rate exceeded'),
          EXECUTION_ID: attribute('0123456789abcdef'),
          EXHAUSTED_RETRY_CONDITION: attribute('MaximumRetryAttempts'),
          IS_PAYLOAD_TRUNCATED: attribute('false'),
          RETRY_ATTEMPTS: attribute('1'),
          SCHEDULED_TIME: attribute(expect.any(String)),
          SCHEDULE_ARN: attribute(
            'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/nightly',
          ),
          TARGET_ARN: attribute(Arn),
        },
      },
      ROLE,
    ]);
  });

  test.each([
    [{ Arn: `${QUEUE}:nowhere` }, 'the schedule has no dead-letter queue'],
    [
      { Arn: 'arn:aws:ecs:eu-west-1:1:cluster/c', DeadLetterConfig: { Arn: 'arn:x:nowhere' } },
      'arn:x:nowhere refused it: QueueDoesNotExist: The specified queue does not exist: arn:x:nowhere',
    ],
  ])('says what it loses with the target %j', async (given, because) => {
    const { call, scheduler, results } = start();
    await call('CreateSchedule', input({ Target: { RoleArn: ROLE, ...given } }));
    const [schedule] = scheduler.table.all();
    if (schedule !== undefined) await scheduler.fire(schedule);

    expect(results).toMatchObject([{ kind: 'dropped', because }]);
  });

  test.each([
    [
      { Arn: 'arn:aws:lambda:eu-west-1:1:function:f' },
      ['lambda', 'Invoke', { InvocationType: 'Event' }],
    ],
    [{ Arn: 'arn:aws:sns:eu-west-1:1:t', Input: 'x' }, ['sns', 'Publish', { Message: 'x' }]],
    [
      {
        Arn: 'arn:aws:events:eu-west-1:1:event-bus/b',
        Input: '{"a":1}',
        EventBridgeParameters: { Source: 's', DetailType: 'D' },
      },
      ['events', 'PutEvents', { Entries: [{ Source: 's', DetailType: 'D', Detail: '{"a":1}' }] }],
    ],
    [
      { Arn: `${QUEUE}.fifo`, Input: 'x', SqsParameters: { MessageGroupId: 'g' } },
      ['sqs', 'SendMessage', { MessageBody: 'x', MessageGroupId: 'g' }],
    ],
    [
      { Arn: 'arn:aws:scheduler:::aws-sdk:sfn:startExecution', Input: '{"input":"{}"}' },
      ['states', 'StartExecution', { input: '{}' }],
    ],
  ])('calls %j', async (given, expected) => {
    const { call, scheduler, calls } = start();
    await call('CreateSchedule', input({ Target: { RoleArn: ROLE, ...given } }));
    const [schedule] = scheduler.table.all();
    if (schedule !== undefined) await scheduler.fire(schedule);

    expect(calls.map((one) => one.call.slice(0, 3))).toMatchObject([expected]);
  });

  test('takes the schedules of a template, and refuses what is wrong with its place', () => {
    const { scheduler } = start();
    const schedule = {
      logicalId: 'Nightly',
      name: 'nightly',
      arn: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/nightly',
      groupName: 'default',
      description: undefined,
      scheduleExpression: 'cron(0 1 * * ? *)',
      timeZone: 'UTC',
      startDate: undefined,
      endDate: undefined,
      state: 'ENABLED' as const,
      windowMinutes: undefined,
      target: {
        arn: QUEUE,
        roleArn: ROLE,
        input: undefined,
        deadLetterArn: undefined,
        maximumRetryAttempts: 185,
        maximumEventAgeSeconds: 86_400,
        messageGroupId: undefined,
        event: undefined,
      },
      place: { file: 'template.yaml', line: 7 },
    };
    scheduler.load({ scheduleGroups: [], schedules: [schedule] });

    const broken = { ...schedule, scheduleExpression: 'rate(x)', groupName: 'g', timeZone: 'X/Y' };
    expect(() => scheduler.load({ scheduleGroups: [], schedules: [broken] })).toThrow(
      [
        'template.yaml:7: nightly: Schedule group g does not exist.',
        'template.yaml:7: nightly: Invalid Schedule Expression rate(x).',
        'template.yaml:7: nightly: Invalid ScheduleExpressionTimezone X/Y.',
      ].join('\n'),
    );
    expect(scheduler.table.all()).toHaveLength(1);
    scheduler.load({ scheduleGroups: [], schedules: [] });
    expect(scheduler.table.all()).toEqual([]);
  });
});

describe('createSchedulerService()', () => {
  test('creates, gets, lists, updates and deletes schedules', async () => {
    const { call } = start();
    const ScheduleArn = 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/nightly';

    expect(await call('CreateSchedule', input())).toEqual({ ScheduleArn });
    await expect(call('CreateSchedule', input())).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'Schedule nightly already exists.',
    });
    await call('UpdateSchedule', input({ State: 'DISABLED', Description: 'off' }));
    expect(await call('GetSchedule', { Name: 'nightly' })).toMatchObject({
      Arn: ScheduleArn,
      GroupName: 'default',
      ScheduleExpression: 'cron(0 1 * * ? *)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'DISABLED',
      Description: 'off',
      ActionAfterCompletion: 'NONE',
      CreationDate: new Date(START_MS),
      Target: { Arn: QUEUE, RetryPolicy: { MaximumRetryAttempts: 185 } },
    });
    expect(await call('ListSchedules', { State: 'ENABLED' })).toMatchObject({ Schedules: [] });
    expect(await call('ListSchedules', { NamePrefix: 'n' })).toMatchObject({
      Schedules: [{ Name: 'nightly', Target: { Arn: QUEUE } }],
    });
    await call('DeleteSchedule', { Name: 'nightly' });
    await expect(call('GetSchedule', { Name: 'nightly' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Schedule nightly does not exist.',
    });
  });

  test.each([
    [{ ScheduleExpression: 'rate(10 seconds)' }, 'Invalid Schedule Expression rate(10 seconds).'],
    [{ ScheduleExpressionTimezone: 'X' }, 'Invalid ScheduleExpressionTimezone X.'],
    [
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
      'MaximumWindowInMinutes is required when the FlexibleTimeWindow is FLEXIBLE.',
    ],
    [
      { Target: { Arn: 'arn:aws:ecs:x', RoleArn: ROLE, EcsParameters: {} } },
      "The rehearsal doesn't support EcsParameters of a schedule's target.",
    ],
  ])('refuses a schedule with %j', async (given, message) => {
    const { call } = start();

    await expect(call('CreateSchedule', input(given))).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });

  test('keeps groups with their tags, and deletes a group with its schedules', async () => {
    const { call } = start();
    const ResourceArn = 'arn:aws:scheduler:eu-west-1:123456789012:schedule-group/reports';

    await expect(call('CreateSchedule', input({ GroupName: 'reports' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Schedule group reports does not exist.',
    });
    await call('CreateScheduleGroup', { Name: 'reports', Tags: [{ Key: 'a', Value: '1' }] });
    await expect(call('CreateScheduleGroup', { Name: 'reports' })).rejects.toMatchObject({
      name: 'ConflictException',
    });
    await call('TagResource', { ResourceArn, Tags: [{ Key: 'b', Value: '2' }] });
    await call('UntagResource', { ResourceArn, TagKeys: ['a'] });
    expect(await call('ListTagsForResource', { ResourceArn })).toEqual({
      Tags: [{ Key: 'b', Value: '2' }],
    });
    await call('CreateSchedule', input({ GroupName: 'reports' }));
    expect(await call('ListScheduleGroups')).toMatchObject({
      ScheduleGroups: [{ Name: 'default' }, { Name: 'reports', State: 'ACTIVE' }],
    });
    expect(await call('GetScheduleGroup', { Name: 'reports' })).toMatchObject({ Arn: ResourceArn });
    await call('DeleteScheduleGroup', { Name: 'reports' });
    expect(await call('ListSchedules')).toMatchObject({ Schedules: [] });
    await expect(call('DeleteScheduleGroup', { Name: 'default' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
