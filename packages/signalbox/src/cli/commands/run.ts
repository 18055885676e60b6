import {
  DescribeStateMachineCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';
import type { AddCommand } from '../add-command.ts';
import { exitCodeOf } from '../exit-code.ts';
import { followExecution } from '../follow-execution.ts';
import { readJsonArgument } from '../read-json-argument.ts';
import type { Session } from '../session.ts';
import { physicalId } from '../stack.ts';

interface RunOptions {
  readonly input?: string;
  readonly name?: string;
  readonly wait?: true;
}

/** `run`: starts an execution of a state machine. */
export const addRun: AddCommand = (program, sessionOf) => {
  program
    .command('run <workflow>')
    .description(
      'start an execution of a state machine; with --wait show its events until it ends, and exit with 0 when it succeeded, 1 failed, 4 timed out, 5 aborted',
    )
    .option(
      '-i, --input <file>',
      'JSON of the input: a file, - for stdin, or itself; {} unless given',
    )
    .option('--name <name>', 'name of the execution')
    .option('--wait', 'wait until it ends')
    .action(async (workflow: string, { input: file, name, wait }: RunOptions, command) => {
      const session = sessionOf(command);
      const given: Json = file === undefined ? {} : readJsonArgument(file);
      // AWS answers StartSyncExecution under a host of its own; an endpoint that is given has none.
      const disableHostPrefix = session.endpoint !== undefined;
      const client = new SFNClient({ ...session.client, disableHostPrefix });
      const stateMachineArn = await machineArn(session, workflow);
      const started = { stateMachineArn, name, input: jsonText(given) };
      const isExpress = wait === true && (await isExpressMachine(client, stateMachineArn));
      if (isExpress) return runSync(session, client, started);
      const { executionArn = '' } = await client.send(new StartExecutionCommand(started));
      if (wait === true) {
        session.output.say(`Started ${executionArn}`);
        session.exitCode = await followExecution(session, client, executionArn);
        return;
      }
      session.output.result({ executionArn }, () => [`Started ${executionArn}`]);
    });
};

/** A workflow by its name in the stack, or by the ARN of any state machine. */
async function machineArn(session: Session, workflow: string): Promise<string> {
  if (workflow.startsWith('arn:')) return workflow;
  return physicalId(session, 'AWS::StepFunctions::StateMachine', workflow);
}

async function isExpressMachine(client: SFNClient, stateMachineArn: string): Promise<boolean> {
  const { type } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  return type === 'EXPRESS';
}

/** Express executions have no history that AWS lists: their result comes with the answer. */
async function runSync(
  session: Session,
  client: SFNClient,
  started: {
    readonly stateMachineArn: string;
    readonly name: string | undefined;
    readonly input: string;
  },
): Promise<void> {
  const { executionArn, status, output, error, cause } = await client.send(
    new StartSyncExecutionCommand(started),
  );
  session.output.result({ executionArn, status, output, error, cause }, () => [
    `${status}: ${executionArn}`,
    ...(output === undefined ? [] : [output]),
    ...(error === undefined ? [] : [`${error}: ${cause ?? ''}`]),
  ]);
  session.exitCode = exitCodeOf(status);
}
