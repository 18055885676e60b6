import { recordedApi } from './recorded-api.ts';
import type { RecordedCase } from './recorded-case.ts';

const ACCOUNT = 'arn:aws:states:us-east-1:111111111111';

/** The result of an execution that failed and was redriven. */
export interface Redriven {
  readonly status: string;
  readonly output: unknown;
  readonly error: string | undefined;
  readonly types: readonly string[];
}

/** Starts an execution that is to fail, redrives it, and returns its result. */
export async function runRedriveCase(own: RecordedCase): Promise<Redriven> {
  const { call, ended } = recordedApi(own);
  await call('create_state_machine', {
    name: 'redriven',
    definition: JSON.stringify(own.definition),
    roleArn: 'arn:aws:iam::111111111111:role/redriven',
  });
  const executionArn = `${ACCOUNT}:execution:redriven:one`;
  const stateMachineArn = `${ACCOUNT}:stateMachine:redriven`;
  await call('start_execution', { stateMachineArn, name: 'one', input: JSON.stringify(own.input) });
  const { summary } = await ended(executionArn);
  if (summary.status !== 'FAILED')
    throw new Error(`Ended as ${summary.status}, so nothing to redrive`);
  await call('redrive_execution', { executionArn });
  const { summary: again } = await ended(executionArn);
  const history = await call('get_execution_history', { executionArn });
  const events: readonly { readonly type: string }[] = JSON.parse(JSON.stringify(history)).events;
  const { status, output, error } = again;
  return { status, output, error, types: events.map(({ type }) => type) };
}
