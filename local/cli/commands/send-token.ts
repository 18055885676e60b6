import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { UserError } from '../../user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import { pendingToken } from '../pending-token.ts';
import { readHistory } from './history.ts';

/** `send-token`: answers a task that waits for its token. */
export const addSendToken: AddCommand = (program, sessionOf) => {
  program
    .command('send-token <answer> <execution>')
    .description(
      'answer (success, failure or heartbeat) the task token that an execution waits for, or a token itself',
    )
    .option('--output <json>', 'output of a success', '{}')
    .option('--error <name>', 'error of a failure')
    .option('--cause <text>', 'cause of a failure')
    .action(async (answer: string, id: string, options: SendTokenOptions, command) => {
      const session = sessionOf(command);
      const client = new SFNClient(session.client);
      const taskToken = await tokenOf(client, id);
      await send(client, answer, taskToken, options);
      session.output.answer({ answer, taskToken }, () => [`Sent ${answer}`]);
    });
};

interface SendTokenOptions {
  readonly output: string;
  readonly error?: string;
  readonly cause?: string;
}

async function tokenOf(client: SFNClient, id: string): Promise<string> {
  if (id.length > 120 && !id.startsWith('arn:')) return id; // longer than any name: a token
  const executionArn = await findExecution(client, id);
  const token = pendingToken(await readHistory(client, executionArn));
  if (token !== undefined) return token;
  throw new UserError('not-found', `${executionArn} waits for no task token`);
}

async function send(
  client: SFNClient,
  answer: string,
  taskToken: string,
  { output, error, cause }: SendTokenOptions,
): Promise<void> {
  if (answer === 'success') await client.send(new SendTaskSuccessCommand({ taskToken, output }));
  else if (answer === 'failure') {
    await client.send(new SendTaskFailureCommand({ taskToken, error, cause }));
  } else if (answer === 'heartbeat') {
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
  } else {
    throw new UserError('usage', `Cannot send "${answer}": write success, failure or heartbeat`);
  }
}
