import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  GetScheduleCommand,
  paginateListSchedules,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { Command } from 'commander';
import { isJsonObject, type Json } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { allRules } from '../all-rules.ts';
import type { Layout } from '../print/output.ts';
import { tableOf } from '../print/table.ts';
import { askRehearsal } from '../rehearsal-api.ts';
import type { Session } from '../session.ts';
import { physicalIds } from '../stack.ts';

/** The path under which a rehearsal says when schedules are due. */
const SCHEDULES = '/_signalbox/schedules';

/** The group under which rules with a schedule go. */
const RULES = 'rule';

/** `schedule`: schedules of EventBridge Scheduler, and rules that have one. */
export const addSchedule: AddCommand = (program, sessionOf) => {
  const schedule = program.command('schedule').description('list schedules, and run one now');
  schedule
    .command('ls')
    .description(
      'list schedules, and rules with a schedule under the group "rule"; a rehearsal also shows the next time',
    )
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command);
      const schedules = await readSchedules(session);
      if (schedules.length === 0) session.output.say('No schedules');
      session.output.result({ schedules }, () =>
        tableOfSchedules(schedules, session.output.layout),
      );
    });
  schedule
    .command('fire <schedule>')
    .description(
      'call the target of a schedule now, whatever its time and state (of a rehearsal only: AWS has no API for it)',
    )
    .option('--group <name>', 'its group; "rule" for a rule with a schedule')
    .action(async (name: string, options: { group?: string }, command: Command) => {
      const session = sessionOf(command);
      const response = await fire(session, name, options.group);
      const result = textOf(response, 'result');
      const detail = textOf(response, 'error') || textOf(response, 'eventId');
      session.output.result({ name, ...response }, () => [
        `${name}: ${result}${detail === '' ? '' : `: ${detail}`}`,
      ]);
      session.exitCode = result === 'dead-lettered' || result === 'dropped' ? 1 : 0;
    });
};

interface ListedSchedule {
  readonly name: string;
  readonly group: string;
  readonly arn: string;
  readonly state: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly target: string;
  /** ISO 8601; undefined on AWS, and where there is none. */
  readonly next?: string | undefined;
}

async function readSchedules(session: Session): Promise<readonly ListedSchedule[]> {
  const all = [...(await schedulerSchedules(session)), ...(await scheduledRules(session))];
  const own =
    session.stack === undefined
      ? undefined
      : [
          ...(await physicalIds(session, 'AWS::Scheduler::Schedule')),
          ...(await physicalIds(session, 'AWS::Events::Rule')),
        ];
  const due = await nextTimes(session);
  return all
    .filter(({ name }) => own?.includes(name) ?? true)
    .map((one) => ({ ...one, next: due.get(one.arn) }));
}

async function schedulerSchedules(session: Session): Promise<readonly ListedSchedule[]> {
  const client = new SchedulerClient(session.client);
  const found: ListedSchedule[] = [];
  for await (const page of paginateListSchedules({ client }, {})) {
    for (const { Name, GroupName } of page.Schedules ?? []) {
      const one = await client.send(new GetScheduleCommand({ Name, GroupName }));
      found.push({
        name: one.Name ?? '',
        group: one.GroupName ?? '',
        arn: one.Arn ?? '',
        state: one.State ?? '',
        expression: one.ScheduleExpression ?? '',
        timeZone: one.ScheduleExpressionTimezone ?? 'UTC',
        target: one.Target?.Arn ?? '',
      });
    }
  }
  return found;
}

async function scheduledRules(session: Session): Promise<readonly ListedSchedule[]> {
  const rules = await allRules(new EventBridgeClient(session.client), 'default');
  return rules.flatMap(({ Name = '', Arn = '', State = '', ScheduleExpression }) =>
    ScheduleExpression === undefined
      ? []
      : [
          {
            ...{ name: Name, group: RULES, arn: Arn, state: State, timeZone: 'UTC' },
            ...{ expression: ScheduleExpression, target: 'its targets' },
          },
        ],
  );
}

/** When each is due, by its ARN, as a rehearsal says. */
async function nextTimes(session: Session): Promise<ReadonlyMap<string, string>> {
  if (session.endpoint === undefined) return new Map();
  const response = await askRehearsal(session, { path: SCHEDULES, command: 'schedule ls' });
  const schedules = isJsonObject(response) ? response['schedules'] : undefined;
  const list: readonly Json[] = Array.isArray(schedules) ? schedules : [];
  return new Map(list.map((one) => [textOf(one, 'arn'), textOf(one, 'next')]));
}

function tableOfSchedules(schedules: readonly ListedSchedule[], layout: Layout): readonly string[] {
  return tableOf(
    ['NAME', 'GROUP', 'STATE', 'SCHEDULE', 'TIME ZONE', 'NEXT', 'TARGET'],
    schedules.map(({ name, group, state, expression, timeZone, next, target }) => [
      ...[name, group, state, expression, timeZone],
      next || '-',
      target,
    ]),
    { ...layout, whole: ['NAME', 'GROUP', 'STATE'] },
  );
}

async function fire(
  session: Session,
  name: string,
  group: string | undefined,
): Promise<{ readonly [key: string]: Json }> {
  const groups = group === undefined ? ['default', RULES] : [group];
  for (const one of groups) {
    const path = `${SCHEDULES}/${encodeURIComponent(one)}/${encodeURIComponent(name)}`;
    const response = await askRehearsal(session, {
      path,
      method: 'POST',
      command: 'schedule fire',
    });
    if (isJsonObject(response)) return response;
  }
  throw new UserError('not-found', `No schedule "${name}": "signalbox schedule ls" shows them`);
}

function textOf(value: Json | undefined, name: string): string {
  const found = isJsonObject(value) ? ownMember(value, name) : undefined;
  return typeof found === 'string' ? found : '';
}
