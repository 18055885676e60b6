import { SFNClient } from '@aws-sdk/client-sfn';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import { followExecution } from '../follow-execution.ts';

/** `tail`: an execution's events as they happen, until it ends. */
export const addTail: AddCommand = (program, sessionOf) => {
  program
    .command('tail [execution]')
    .description(
      'show the events of an execution as they happen, until it ends (default: @last); exits with 0 when it succeeded, 1 failed, 4 timed out, 5 aborted',
    )
    .action(async (id: string | undefined, _options, command) => {
      const session = sessionOf(command);
      const client = new SFNClient(session.client);
      const executionArn = await findExecution(session, id ?? '@last');
      session.exitCode = await followExecution(session, client, executionArn);
    });
};
