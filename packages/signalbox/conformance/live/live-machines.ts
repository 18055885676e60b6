import { isJsonObject, type JsonObject } from '../../src/core/json.ts';
import type { RecordedCase } from '../states/recorded-case.ts';
import { detailsOf } from '../states/recorded-results.ts';
import type { Live } from './live.ts';

/** A machine that was made for a case. */
export interface Created {
  readonly stateMachineArn: string;
  readonly name: string;
  /** What the recording wrote for the machine's name. */
  readonly substitution: { readonly regex: string; readonly replacement: string };
}

/** Creates the machine of a case, under a name that no other case has. */
export async function createMachine(recorded: RecordedCase, live: Live): Promise<Created> {
  const token = recorded.substitutions?.find(
    ({ replacement }) => replacement !== undefined && /^<ArnPart_0idx>$/.test(replacement),
  );
  const name = `conformance-${live.serial()}`;
  const { stateMachineArn } = await live.call('create_state_machine', {
    name,
    definition: JSON.stringify(recorded.definition),
    roleArn: roleOf(recorded),
    type: recorded.type ?? 'STANDARD',
  });
  const substitution = { regex: name, replacement: token?.replacement ?? '<ArnPart_0idx>' };
  return { stateMachineArn: String(stateMachineArn), name, substitution };
}

/** The role that the recording names, in its own account. */
function roleOf({ substitutions = [] }: RecordedCase): string {
  const named = substitutions.find(({ replacement = '' }) => /role_arn$/.test(replacement));
  return named?.regex ?? 'arn:aws:iam::111111111111:role/role';
}

/** A nested execution runs a machine that the recording doesn't show: one with the recorded output. */
export async function createTarget(recorded: RecordedCase, { call, places }: Live): Promise<void> {
  const target = isJsonObject(recorded.input) ? recorded.input['StateMachineArn'] : undefined;
  if (typeof target !== 'string') return;
  await call('create_state_machine', {
    name: target.split(':').at(-1),
    definition: JSON.stringify(targetOf(recorded)),
    roleArn: `arn:aws:iam::${places.accountId}:role/target`,
  });
}

function targetOf(recorded: RecordedCase): JsonObject {
  const { input, expectedHistory = [] } = recorded;
  const queue = isJsonObject(input) ? input['QueueUrl'] : undefined;
  if (typeof queue === 'string') return HANDS_TOKEN_ON;
  const succeeded = expectedHistory.find(({ type }) => type === 'TaskSucceeded');
  const output = isJsonObject(succeeded) ? detailsOf(succeeded)['output'] : undefined;
  const result = isJsonObject(output) ? output['Output'] : undefined;
  const value = typeof result === 'string' ? JSON.parse(result) : (result ?? {});
  return { StartAt: 'Done', States: { Done: { Type: 'Pass', Result: value, End: true } } };
}

/** Sends the token that it was given to a queue, and waits for its own, which nobody has. */
const HANDS_TOKEN_ON = {
  StartAt: 'Send',
  States: {
    Send: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: {
        'QueueUrl.$': '$.QueueUrl',
        MessageBody: { Message: 'SQS_SEND_MESSAGE_AND_WAIT', 'TaskToken.$': '$.TaskToken' },
      },
      End: true,
    },
  },
};
