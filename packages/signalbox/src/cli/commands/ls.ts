import { type ExecutionListItem, SFNClient } from '@aws-sdk/client-sfn';
import { Option } from 'commander';
import { durationText } from '../../core/duration-text.ts';
import type { AddCommand } from '../add-command.ts';
import { executionIds } from '../execution-ids.ts';
import { allExecutions, startMs } from '../find-execution.ts';
import { tableOf } from '../print/table.ts';
import { countOption } from './count-option.ts';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

const HEADER = ['NAME', 'STATE MACHINE', 'STATUS', 'STARTED', 'DURATION'] as const;

/** `ls`: executions, newest first. */
export const addLs: AddCommand = (program, sessionOf) => {
  program
    .command('ls [machine]')
    .description(
      'list the executions of one state machine or of all, newest first; with the ids that a project has for them',
    )
    .addOption(
      new Option('--status <status>', 'only executions with this status').choices(STATUSES),
    )
    .option('--limit <count>', 'at most this many', countOption, 50)
    .action(async (machine: string | undefined, options: LsOptions, command) => {
      const session = sessionOf(command);
      const all = await allExecutions(new SFNClient(session.client));
      const executions = all
        .filter(({ status }) => options.status === undefined || status === options.status)
        .filter(
          ({ stateMachineArn }) => machine === undefined || isMachine(stateMachineArn, machine),
        )
        .slice(0, options.limit);
      const ids = await executionIds(session, executions);
      const listed = executions.map((one) => withId(one, ids));
      session.output.result({ executions: listed }, () =>
        tableOf(ids.size === 0 ? HEADER : ['ID', ...HEADER], listed.map(rowWith(ids.size > 0)), {
          ...session.output.layout,
          whole: ['ID', 'NAME', 'STATUS'],
        }),
      );
      if (executions.length === 0) session.output.say('No executions');
    });
};

interface LsOptions {
  readonly status?: string;
  readonly limit: number;
}

function isMachine(arn: string | undefined, machine: string): boolean {
  return arn === machine || nameOf(arn).toLowerCase().includes(machine.toLowerCase());
}

function nameOf(arn: string | undefined): string {
  return arn?.split(':').at(-1) ?? '';
}

/** An execution, and the id by which people know it, if there is one. */
interface Listed extends ExecutionListItem {
  readonly id?: string;
}

function withId(execution: ExecutionListItem, ids: ReadonlyMap<string, string>): Listed {
  const id = ids.get(execution.executionArn ?? '');
  return id === undefined ? execution : { id, ...execution };
}

function rowWith(hasIds: boolean): (execution: Listed) => readonly string[] {
  return (execution) => (hasIds ? [execution.id ?? '', ...row(execution)] : row(execution));
}

function row(execution: ExecutionListItem): readonly string[] {
  const { name = '', stateMachineArn, status = '', startDate, stopDate } = execution;
  const duration =
    stopDate === undefined ? '' : durationText(stopDate.getTime() - startMs(execution));
  return [name, nameOf(stateMachineArn), status, startDate?.toISOString() ?? '', duration];
}
