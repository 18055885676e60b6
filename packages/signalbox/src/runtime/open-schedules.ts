import { randomUUID } from 'node:crypto';
import type { Bus } from '../bus/bus.ts';
import { isRetryable, retryDelayMs } from '../bus/retry-policy.ts';
import type { Rule } from '../bus/rule-table.ts';
import type { Clock } from '../core/clock.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { Service, ServiceCall } from '../core/service.ts';
import { TIMES_IN_SKIPPED_TIME } from '../schedules/allowance.ts';
import { createSchedulerService } from '../schedules/api/scheduler-service.ts';
import { parseScheduleExpression } from '../schedules/schedule-expression.ts';
import { createScheduler, type Scheduler } from '../schedules/scheduler.ts';
import { createTimetable, type TimetableEntry } from '../schedules/timetable.ts';

/** The options that a rehearsal's schedules are opened with. */
export interface SchedulesOptions {
  readonly clock: Clock;
  readonly maps: KeptMaps;
  readonly call: ServiceCall;
  readonly region: string;
  readonly accountId: string;
  readonly bus: Bus;
  /** The URL of a queue; undefined for what is no queue's ARN. */
  queueUrl(queueArn: string): string | undefined;
  /** Whether the template's schedules wait for `release`. */
  readonly holdsSchedules?: boolean | undefined;
  readonly say: (line: string) => void;
  readonly onBug: (bug: unknown) => void;
}

/** EventBridge Scheduler, and the rules that have a schedule. */
export interface OpenedSchedules {
  readonly scheduler: Scheduler;
  readonly service: Service;
  /** When a rule of the default bus with a schedule fires next, in Unix milliseconds. */
  nextOfRule(ruleName: string): number | undefined;
  /** Goes on with the calls that an earlier process has left, once their targets are in place. */
  resume(): void;
  /** Lets the template's schedules happen, where they were held. */
  release(): void;
  close(): void;
}

/** Returns whether a rule may have a schedule. */
export function isRuleSchedule(scheduleExpression: string): boolean {
  return parseScheduleExpression(scheduleExpression, 'rule') !== undefined;
}

/** Opens EventBridge Scheduler, and follows the rules of the bus that have a schedule. */
export function openSchedules(options: SchedulesOptions): OpenedSchedules {
  const { clock, bus, say, holdsSchedules = false } = options;
  const onPause = (key: string): void =>
    say(
      `Schedule ${key} happened ${TIMES_IN_SKIPPED_TIME} times in skipped time: its next times wait for real time`,
    );
  const scheduler = createScheduler({
    ...options,
    holdsTemplate: holdsSchedules,
    random: Math.random,
    onPause,
    uuid: randomUUID,
    isRetryable,
    retryDelayMs: (retry) => retryDelayMs(retry, Math.random),
    onInvocation({ definition }, result) {
      if (result.kind !== 'dropped') return;
      const { message } = result.error;
      say(`Schedule ${definition.name} called nothing: ${message} (${result.because})`);
    },
  });
  const ofRules = createTimetable(clock, Math.random, onPause);
  const follow = (): void => {
    const rules = bus.rules.rulesOf('default').rules.map(({ rule }) => rule);
    const entries = rules.flatMap((rule) => entryOf(rule, bus, clock));
    ofRules.set(entries.map((entry) => ({ ...entry, isHeld: holdsSchedules })));
  };
  bus.rules.onChange(follow);
  follow();
  return {
    scheduler,
    service: createSchedulerService(scheduler),
    nextOfRule: ofRules.next,
    resume: scheduler.resume,
    release() {
      scheduler.release();
      ofRules.release();
    },
    close() {
      scheduler.close();
      ofRules.close();
    },
  };
}

function entryOf(rule: Rule, bus: Bus, clock: Clock): readonly TimetableEntry[] {
  const { name, state, scheduleExpression } = rule;
  if (state !== 'ENABLED' || scheduleExpression === undefined) return [];
  const expression = parseScheduleExpression(scheduleExpression, 'rule');
  if (expression === undefined) return [];
  // AWS: the first time of a rate comes one period after the rule was made.
  const delayMs = expression.kind === 'rate' ? expression.periodMs : 0;
  return [
    {
      key: name,
      version: scheduleExpression,
      expression,
      timeZone: 'UTC',
      startMs: clock.now().getTime() + delayMs,
      endMs: undefined,
      windowMs: 0,
      fire: (plannedMs) => void bus.fireRule(name, new Date(plannedMs)),
      onEnd: () => {},
    },
  ];
}
