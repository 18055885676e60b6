import {
  CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
  paginateDescribeAlarms,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { Option } from 'commander';
import type { AddCommand } from '../add-command.ts';
import type { Layout } from '../print/output.ts';
import { tableOf } from '../print/table.ts';

const STATES: readonly StateValue[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];

interface AlarmsOptions {
  readonly state?: StateValue;
}

/** `alarms`: where the alarms stand, and why. */
export const addAlarms: AddCommand = (program, sessionOf) => {
  program
    .command('alarms [prefix]')
    .description('show the alarms: their states, since when, and why')
    .addOption(new Option('--state <state>', 'only alarms in this state').choices(STATES))
    .action(async (prefix: string | undefined, { state }: AlarmsOptions, command) => {
      const session = sessionOf(command);
      const alarms = await readAlarms(new CloudWatchClient(session.client), prefix, state);
      session.output.result({ alarms }, () => alarmsTable(alarms, session.output.layout));
      if (alarms.length === 0) session.output.say('No alarms');
    });
};

/** Reads metric and composite alarms by name. */
async function readAlarms(
  client: CloudWatchClient,
  prefix: string | undefined,
  state: StateValue | undefined,
): Promise<readonly (MetricAlarm | CompositeAlarm)[]> {
  const found: (MetricAlarm | CompositeAlarm)[] = [];
  const pages = paginateDescribeAlarms(
    { client },
    {
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      ...(prefix === undefined ? {} : { AlarmNamePrefix: prefix }),
      ...(state === undefined ? {} : { StateValue: state }),
    },
  );
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages)
    found.push(...MetricAlarms, ...CompositeAlarms);
  return found.sort((a, b) => (a.AlarmName ?? '').localeCompare(b.AlarmName ?? ''));
}

/** Lays alarms out as a table. */
function alarmsTable(
  alarms: readonly (MetricAlarm | CompositeAlarm)[],
  layout: Layout,
): readonly string[] {
  return tableOf(
    ['ALARM', 'STATE', 'SINCE', 'REASON'],
    alarms.map((alarm) => [
      alarm.AlarmName ?? '',
      alarm.StateValue ?? '',
      (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.toISOString() ?? '',
      alarm.StateReason ?? '',
    ]),
    { ...layout, whole: ['ALARM', 'STATE'] },
  );
}
