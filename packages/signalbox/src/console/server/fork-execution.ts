import type {
  DescribeStateMachineForExecutionOutput,
  DescribeStateMachineOutput,
  StartExecutionOutput,
} from '@aws-sdk/client-sfn';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import { isJsonObject, type Json, type JsonObject, parsePayload } from '../../core/json.ts';
import { UserError } from '../../core/user-error.ts';
import { forkDefinition } from '../fork/fork-definition.ts';
import { forkMachineArn } from '../fork/fork-machine.ts';
import type { ConsoleCall } from './console-options.ts';

/** The fork that is wished. */
export interface ForkWish {
  readonly executionArn: string;
  readonly stateName: string;
  /** JSON text. */
  readonly input: string;
  readonly variables: JsonObject;
  /** Whether today's definition is forked, or the one that the execution ran. */
  readonly isCurrent: boolean;
  readonly name: string;
}

/**
 * Starts an execution at a state of another one. AWS begins every execution at the start, so that a
 * state machine of its own, with the same role, is made to begin there.
 *
 * @returns The ARN of the new execution.
 * @throws {UserError} Where there is no such state.
 */
export async function forkExecution(
  call: ConsoleCall,
  wish: ForkWish,
): Promise<{ readonly executionArn: string }> {
  const { executionArn, stateName, variables, isCurrent, input, name } = wish;
  const ran: Partial<DescribeStateMachineForExecutionOutput> = await call(
    'states',
    'DescribeStateMachineForExecution',
    { executionArn },
  );
  const arn = (ran.stateMachineArn ?? '').split('/')[0] ?? '';
  const source: Partial<DescribeStateMachineOutput> = isCurrent
    ? await call('states', 'DescribeStateMachine', { stateMachineArn: arn })
    : ran;
  const definition: Json = parsePayload(source.definition ?? '') ?? null;
  const forked = forkDefinition(definition, { stateName, variables });
  if (!isJsonObject(forked)) {
    throw new UserError('not-found', `The definition has no state "${stateName}"`);
  }
  const machine = { arn, roleArn: ran.roleArn, definition: jsonText(forked) };
  const stateMachineArn = await forkMachine(call, machine);
  const started: Partial<StartExecutionOutput> = await call('states', 'StartExecution', {
    ...{ stateMachineArn, input, name },
  });
  return { executionArn: started.executionArn ?? '' };
}

async function forkMachine(
  call: ConsoleCall,
  machine: {
    readonly arn: string;
    readonly roleArn: string | undefined;
    readonly definition: string;
  },
): Promise<string> {
  const { arn, roleArn, definition } = machine;
  const stateMachineArn = forkMachineArn(arn);
  try {
    await call('states', 'UpdateStateMachine', { stateMachineArn, definition, roleArn });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'StateMachineDoesNotExist') throw error;
    const name = stateMachineArn.split(':').at(-1);
    await call('states', 'CreateStateMachine', { name, definition, roleArn, type: 'STANDARD' });
  }
  return stateMachineArn;
}
