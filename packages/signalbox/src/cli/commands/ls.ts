import { type ExecutionListItem, SFNClient } from '@aws-sdk/client-sfn';
import { Option } from 'commander';
import { durationText } from '../../core/duration-text.ts';
import type { AddCommand } from '../add-command.ts';
import { allExecutions, startMs } from '../find-execution.ts';
import { tableOf } from '../print/table.ts';
import { countOption } from './count-option.ts';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

const HEADER = ['NAME', 'STATE MACHINE', 'STATUS', 'STARTED', 'DURATION'] as const;

/** `ls`: executions, newest first. */
export const addLs: AddCommand = (program, sessionOf) => {
  program
    .command('ls [machine]')
    .description('list the executions of one state machine or of all, newest first')
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
      session.output.result({ executions }, () =>
        tableOf(HEADER, executions.map(row), {
          ...session.output.layout,
          whole: ['NAME', 'STATUS'],
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

function row(execution: ExecutionListItem): readonly string[] {
  const { name = '', stateMachineArn, status = '', startDate, stopDate } = execution;
  const duration =
    stopDate === undefined ? '' : durationText(stopDate.getTime() - startMs(execution));
  return [name, nameOf(stateMachineArn), status, startDate?.toISOString() ?? '', duration];
}
