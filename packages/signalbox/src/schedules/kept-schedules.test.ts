import { describe, expect, test } from '@jest/globals';
import type { KeptMaps } from '../core/kept-maps.ts';
import { createTestClock } from '../core/test-clock.ts';
import { createTestMaps } from '../store/test-kept-maps.ts';
import { createSchedulerService } from './api/scheduler-service.ts';
import { createScheduler } from './scheduler.ts';

const CALLER = { arn: 'arn:aws:iam::123456789012:root' };
const Target = {
  Arn: 'arn:aws:sqs:eu-west-1:123456789012:orders',
  RoleArn: 'arn:aws:iam::123456789012:role/schedules',
};
const FlexibleTimeWindow = { Mode: 'OFF' };

function open(
  maps: KeptMaps,
  { templateExpression = 'rate(1 day)', startsAt = '2026-03-01T00:00:00Z', isKilled = false } = {},
) {
  const clock = createTestClock(startsAt);
  const calls: object[] = [];
  const scheduler = createScheduler({
    clock,
    maps,
    random: () => 0.5,
    uuid: () => '01234567-89ab-cdef-0123-456789abcdef',
    accountId: '123456789012',
    region: 'eu-west-1',
    call: async (_service, _action, input) => {
      calls.push(input);
      return isKilled ? new Promise(() => {}) : {};
    },
    queueUrl: () => 'http://queue/orders',
    isRetryable: () => false,
    retryDelayMs: () => 1000,
    onInvocation: () => {},
    onBug(bug) {
      throw bug;
    },
  });
  const { actions } = createSchedulerService(scheduler);
  const call = async (action: string, input: object): Promise<object> =>
    actions[action]?.(input, CALLER) ?? {};
  scheduler.load({
    scheduleGroups: [],
    schedules: [
      {
        logicalId: 'Nightly',
        place: { file: 'template.yaml', line: 1 },
        name: 'nightly',
        arn: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/nightly',
        groupName: 'default',
        description: undefined,
        state: 'ENABLED',
        scheduleExpression: templateExpression,
        timeZone: 'UTC',
        startDate: undefined,
        endDate: undefined,
        windowMinutes: undefined,
        target: {
          arn: Target.Arn,
          roleArn: Target.RoleArn,
          input: undefined,
          deadLetterArn: undefined,
          maximumRetryAttempts: 0,
          maximumEventAgeSeconds: 60,
          event: undefined,
          messageGroupId: undefined,
        },
      },
    ],
  });
  return { scheduler, clock, calls, call };
}

describe('schedules after a kill', () => {
  test('are there with their groups, and call their targets at their times', async () => {
    const maps = createTestMaps();
    const first = open(maps());
    await first.call('CreateScheduleGroup', { Name: 'own' });
    const schedule = { Target, FlexibleTimeWindow, GroupName: 'own' };
    const at = { Name: 'once', ScheduleExpression: 'at(2026-03-01T05:00:00)' };
    await first.call('CreateSchedule', { ...schedule, ...at });
    await first.call('CreateSchedule', { ...schedule, ...at, Name: 'gone' });
    await first.call('DeleteSchedule', { Name: 'gone', GroupName: 'own' });

    const second = open(maps());
    expect(await second.call('ListSchedules', { GroupName: 'own' })).toMatchObject({
      Schedules: [{ Name: 'once' }],
    });
    await second.clock.advance(6 * 3_600_000);
    expect(second.calls.length).toBe(2); // Once, and nightly at its start.
  });

  const once = {
    ...{ Name: 'once', ScheduleExpression: 'at(2026-03-01T05:00:00)', Target },
    ...{ FlexibleTimeWindow, ActionAfterCompletion: 'DELETE' },
  };
  const sent = (calls: readonly object[]) =>
    calls.filter((input) => JSON.stringify(input).includes('schedule/default/once'));

  test('make the call that was under way again', async () => {
    const maps = createTestMaps();
    const first = open(maps(), { isKilled: true });
    await first.call('CreateSchedule', once);
    await first.clock.advance(6 * 3_600_000);
    expect(sent(first.calls).length).toBe(1);

    const second = open(maps(), { startsAt: '2026-03-01T06:00:00Z' });
    expect(sent(second.calls)).toEqual([]);
    second.scheduler.resume();
    await second.clock.advance(1000);
    expect(sent(second.calls)).toEqual(sent(first.calls));

    const third = open(maps(), { startsAt: '2026-03-01T07:00:00Z' });
    third.scheduler.resume();
    await third.clock.advance(3_600_000);
    expect(sent(third.calls)).toEqual([]);
  });

  test('make a call whose one time has passed while no process ran', async () => {
    const maps = createTestMaps();
    await open(maps()).call('CreateSchedule', once);

    const second = open(maps(), { startsAt: '2026-03-02T00:00:00Z' });
    await second.clock.advance(1000);
    expect(sent(second.calls).length).toBe(1);

    const third = open(maps(), { startsAt: '2026-03-03T00:00:00Z' });
    await third.clock.advance(1000);
    expect(sent(third.calls)).toEqual([]);
  });

  test('of the template stay as they were changed until the template changes them', async () => {
    const maps = createTestMaps();
    const update = { Name: 'nightly', Target, FlexibleTimeWindow, State: 'DISABLED' };
    await open(maps()).call('UpdateSchedule', { ...update, ScheduleExpression: 'rate(2 days)' });

    const stateOf = ({ call }: ReturnType<typeof open>) => call('GetSchedule', { Name: 'nightly' });
    expect(await stateOf(open(maps()))).toMatchObject({
      State: 'DISABLED',
      ScheduleExpression: 'rate(2 days)',
    });
    expect(await stateOf(open(maps(), { templateExpression: 'rate(3 days)' }))).toMatchObject({
      State: 'ENABLED',
      ScheduleExpression: 'rate(3 days)',
    });
  });
});
