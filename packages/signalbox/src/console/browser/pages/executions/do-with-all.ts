import { repeatName } from '../../../fork/repeat-name.ts';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import { callAws } from '../../api/call.ts';

/** Does the same with each execution that it fits; returns what came of it in a sentence. */
export async function doWithAll(
  kind: 'stop' | 'redrive' | 'again',
  rows: readonly ExecutionRow[],
): Promise<string> {
  const results = await Promise.allSettled(
    rows.filter((row) => fits(kind, row)).map((row) => act(kind, row)),
  );
  const refused = results.filter((one) => one.status === 'rejected');
  const [first] = refused;
  const words = { stop: 'stopped', redrive: 'redriven', again: 'started' };
  const done = `${results.length - refused.length} ${words[kind]}`;
  return first === undefined
    ? done
    : `${done}, ${refused.length} refused: ${String(first.reason.message)}`;
}

function fits(kind: 'stop' | 'redrive' | 'again', { status }: ExecutionRow): boolean {
  if (kind === 'again') return true;
  return kind === 'stop' ? status === 'RUNNING' : status !== 'RUNNING' && status !== 'SUCCEEDED';
}

async function act(kind: 'stop' | 'redrive' | 'again', row: ExecutionRow): Promise<unknown> {
  const executionArn = row.arn;
  if (kind === 'stop') return callAws('states', 'StopExecution', { executionArn });
  if (kind === 'redrive') return callAws('states', 'RedriveExecution', { executionArn });
  const { input } = await callAws<{ input?: string }>('states', 'DescribeExecution', {
    executionArn,
  });
  const name = repeatName('again', row.name);
  return callAws('states', 'StartExecution', { stateMachineArn: row.machineArn, input, name });
}
