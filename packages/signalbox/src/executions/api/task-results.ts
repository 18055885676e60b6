import type {
  SendTaskFailureInput,
  SendTaskFailureOutput,
  SendTaskHeartbeatInput,
  SendTaskHeartbeatOutput,
  SendTaskSuccessInput,
  SendTaskSuccessOutput,
} from '@aws-sdk/client-sfn';
import { readJsonText } from '../definition.ts';
import { checkDataSize, checkLength, checkSensitiveLength, required } from '../members.ts';
import { invalidOutput } from '../refusals.ts';
import type { StatesContext } from '../states-context.ts';

const MAX_TOKEN_LENGTH = 2_048;

/** SendTaskSuccess: the first result wins. */
export function sendTaskSuccess(
  { tokens }: StatesContext,
  input: SendTaskSuccessInput,
): SendTaskSuccessOutput {
  const token = readToken(input.taskToken);
  const { output } = input;
  checkDataSize('output', output);
  tokens.check(token);
  const read = readJsonText(output ?? '');
  if (!read.ok) throw invalidOutput(read.problems.map(({ message }) => message).join(', '));
  tokens.complete(token, { kind: 'succeeded', output: read.value });
  return {};
}

/** SendTaskFailure: what is left out stays out of the history too. */
export function sendTaskFailure(
  { tokens }: StatesContext,
  { taskToken, error, cause }: SendTaskFailureInput,
): SendTaskFailureOutput {
  const token = readToken(taskToken);
  checkSensitiveLength('error', error, 256);
  checkSensitiveLength('cause', cause, 32_768);
  tokens.complete(token, { kind: 'failed', error, cause });
  return {};
}

/** SendTaskHeartbeat. */
export function sendTaskHeartbeat(
  { tokens }: StatesContext,
  input: SendTaskHeartbeatInput,
): SendTaskHeartbeatOutput {
  tokens.heartbeat(readToken(input.taskToken));
  return {};
}

function readToken(taskToken: string | undefined): string {
  checkLength('taskToken', taskToken, MAX_TOKEN_LENGTH);
  return required('taskToken', taskToken);
}
