import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';

/** `stop`: aborts an execution. */
export const addStop: AddCommand = (program, sessionOf) => {
  program
    .command('stop <execution>')
    .description(
      'abort a running execution; no Catch runs, so what must be put right is left to a rule',
    )
    .option('--error <name>', 'error name in its history')
    .option('--cause <text>', 'cause in its history')
    .action(async (id: string, options: { error?: string; cause?: string }, command) => {
      const session = sessionOf(command);
      const client = new SFNClient(session.client);
      const executionArn = await findExecution(client, id);
      const { stopDate } = await client.send(
        new StopExecutionCommand({ executionArn, ...options }),
      );
      session.output.answer({ executionArn, stopDate }, () => [`Stopped ${executionArn}`]);
    });
};
