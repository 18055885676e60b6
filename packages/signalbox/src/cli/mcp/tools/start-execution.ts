import { setTimeout as delay } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { parseJson } from '../../../core/json.ts';
import type { Tool } from '../tool.ts';
import { findMachine } from './find-machine.ts';

/** Real time that an agent waits for an execution; those of skipped time take far less. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 50;

/** Starts an execution, and says how it ended. */
export const startExecution: Tool = {
  name: 'start_execution',
  description:
    'Start an execution of a workflow and wait for its end (waits of the workflow are skipped). Returns status, output, error and cause; RUNNING means that it waits for somebody, such as a task token.',
  arguments: {
    workflow: {
      type: 'string',
      required: true,
      description: 'Name or ARN of the state machine, or a part of its name',
    },
    input: { type: 'json', description: 'Input of the execution; an empty object unless given' },
  },
  isReadOnly: false,
  async run({ client }, given) {
    // The endpoint has no other host names, such as sync-….
    const states = new SFNClient({ ...client, disableHostPrefix: true });
    const { stateMachineArn, type } = await findMachine(states, given.needed('workflow'));
    const input = given.json('input') ?? '{}';
    if (type === 'EXPRESS') {
      const ended = await states.send(new StartSyncExecutionCommand({ stateMachineArn, input }));
      return summary(ended);
    }
    const { executionArn } = await states.send(
      new StartExecutionCommand({ stateMachineArn, input }),
    );
    return summary(await untilEnd(states, executionArn));
  },
};

async function untilEnd(
  states: SFNClient,
  executionArn: string | undefined,
): Promise<DescribeExecutionOutput> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await states.send(new DescribeExecutionCommand({ executionArn }));
    if (found.status !== 'RUNNING' || performance.now() > until) return found;
    await delay(LOOK_MS);
  }
}

/** What an agent wants to know of an execution. */
export function summary(
  execution: Pick<
    DescribeExecutionOutput,
    'executionArn' | 'name' | 'input' | 'output' | 'error' | 'cause'
  > & { readonly status?: string | undefined },
): object {
  const { executionArn, name, status, input, output, error, cause } = execution;
  const value = (text: string | undefined) => (text === undefined ? undefined : parseJson(text));
  return { executionArn, name, status, input: value(input), output: value(output), error, cause };
}
