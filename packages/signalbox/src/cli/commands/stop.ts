import { DescribeExecutionCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';

/** `stop`: aborts an execution. */
export const addStop: AddCommand = (program, sessionOf) => {
  program
    .command('stop <execution>')
    .description('abort a running execution; no Catch of its definition runs')
    .option('--error <name>', 'error name in its history')
    .option('--cause <text>', 'cause in its history')
    .action(async (id: string, options: { error?: string; cause?: string }, command) => {
      const session = sessionOf(command);
      const client = new SFNClient(session.client);
      const executionArn = await findExecution(session, id);
      const found = await client.send(new DescribeExecutionCommand({ executionArn }));
      if (found.status !== 'RUNNING') {
        // AWS accepts the call, and changes nothing.
        session.output.result(
          { executionArn, status: found.status, stopDate: found.stopDate },
          () => [
            `Not running: ${executionArn} ended with ${found.status} at ${found.stopDate?.toISOString()}`,
          ],
        );
        return;
      }
      const { stopDate } = await client.send(
        new StopExecutionCommand({ executionArn, ...options }),
      );
      session.output.result({ executionArn, stopDate }, () => [`Stopped ${executionArn}`]);
    });
};
