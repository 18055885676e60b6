import { RedriveExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import { followExecution } from '../follow-execution.ts';

/** `redrive`: goes on with an execution that failed, was aborted or timed out. */
export const addRedrive: AddCommand = (program, sessionOf) => {
  program
    .command('redrive <execution>')
    .description(
      'go on with an execution from the step that failed, with the same input; with --wait show its events until it ends',
    )
    .option(
      '--wait',
      'wait until it ends; exits with 0 when it succeeded, 1 failed, 4 timed out, 5 aborted',
    )
    .action(async (id: string, { wait }: { readonly wait?: true }, command) => {
      const session = sessionOf(command);
      const client = new SFNClient(session.client);
      const executionArn = await findExecution(session, id);
      const { redriveDate } = await client.send(new RedriveExecutionCommand({ executionArn }));
      if (wait === true) {
        session.output.say(`Redriven ${executionArn}`);
        session.exitCode = await followExecution(session, client, executionArn);
        return;
      }
      session.output.result({ executionArn, redriveDate }, () => [`Redriven ${executionArn}`]);
    });
};
