import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { Argument } from 'commander';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import { pendingToken } from '../pending-token.ts';
import { cut } from '../print/table.ts';
import type { Session } from '../session.ts';
import { readHistory } from './history.ts';

/** `send-token`: sends the result of a task that waits for its token. */
export const addSendToken: AddCommand = (program, sessionOf) => {
  program
    .command('send-token')
    .description('answer the task token that an execution waits for')
    .addArgument(new Argument('<answer>', 'what to send').choices(Object.keys(SENDERS)))
    .argument('<execution>', 'ARN, name, beginning of a name, @last, or a token itself')
    .option('--output <json>', 'output of a success', '{}')
    .option('--error <name>', 'error of a failure')
    .option('--cause <text>', 'cause of a failure')
    .action(
      async (answer: keyof typeof SENDERS, id: string, options: SendTokenOptions, command) => {
        const session = sessionOf(command);
        const client = new SFNClient(session.client);
        const taskToken = await tokenOf(session, id);
        await SENDERS[answer](client, taskToken, options);
        session.output.result({ answer, taskToken }, () => [`Sent ${answer} to ${cut(id, 80)}`]);
      },
    );
};

interface SendTokenOptions {
  readonly output: string;
  readonly error?: string;
  readonly cause?: string;
}

const SENDERS = {
  success: (client: SFNClient, taskToken: string, { output }: SendTokenOptions) =>
    client.send(new SendTaskSuccessCommand({ taskToken, output })),
  failure: (client: SFNClient, taskToken: string, { error, cause }: SendTokenOptions) =>
    client.send(new SendTaskFailureCommand({ taskToken, error, cause })),
  heartbeat: (client: SFNClient, taskToken: string) =>
    client.send(new SendTaskHeartbeatCommand({ taskToken })),
};

async function tokenOf(session: Session, id: string): Promise<string> {
  if (id.length > 120 && !id.startsWith('arn:')) return id; // longer than any name: a token
  const executionArn = await findExecution(session, id);
  const token = pendingToken(await readHistory(new SFNClient(session.client), executionArn));
  if (token !== undefined) return token;
  throw new UserError('not-found', `${executionArn} waits for no task token`);
}
