import { DescribeStateMachineCommand, SFNClient, TestStateCommand } from '@aws-sdk/client-sfn';
import { parseJson } from '../../../core/json.ts';
import type { Tool } from '../tool.ts';
import { findMachine } from './find-machine.ts';

/** Runs one state of a workflow. */
export const tryState: Tool = {
  name: 'test_state',
  description:
    'Run one state of a workflow alone, with an input and, for a task, a mocked result or error. Returns its output, the next state, and each step of its data flow.',
  arguments: {
    workflow: {
      type: 'string',
      required: true,
      description: 'Name or ARN of the state machine, or a part of its name',
    },
    state: { type: 'string', required: true, description: 'Name of the state, at any depth' },
    input: { type: 'json', description: 'Input of the state; an empty object unless given' },
    mock_result: { type: 'json', description: 'What the task returns, instead of calling it' },
    mock_error: {
      type: 'string',
      description: 'Name of the error that the task fails with, instead of calling it',
    },
  },
  isReadOnly: false,
  async run({ client }, given) {
    // The endpoint has no other host names, such as sync-….
    const states = new SFNClient({ ...client, disableHostPrefix: true });
    const { stateMachineArn } = await findMachine(states, given.needed('workflow'));
    const machine = await states.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const tested = await states.send(
      new TestStateCommand({
        definition: machine.definition,
        roleArn: machine.roleArn,
        stateName: given.needed('state'),
        input: given.json('input') ?? '{}',
        inspectionLevel: 'DEBUG',
        ...mockOf(given.json('mock_result'), given.text('mock_error')),
      }),
    );
    const { $metadata, output, ...rest } = tested;
    return { ...rest, output: output === undefined ? undefined : parseJson(output) };
  },
};

function mockOf(result: string | undefined, error: string | undefined) {
  if (result === undefined && error === undefined) return {};
  const mock =
    error === undefined
      ? { result }
      : { errorOutput: { error, cause: 'The test says that the task fails' } };
  return { mock: { ...mock, fieldValidationMode: 'NONE' as const } };
}
