import type { DescribeExecutionOutput, ListStateMachinesOutput } from '@aws-sdk/client-sfn';
import { allPages } from '../../core/all-pages.ts';
import type { ConsoleCall } from './console-options.ts';
import type { EventStream } from './event-stream.ts';
import type { ExecutionChanges } from './execution-changes.ts';
import { executionPages } from './execution-pages.ts';
import { errorText } from './live-execution.ts';

/** A row of the list of executions. */
export interface ExecutionRow {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly status: string;
  /** Unix milliseconds. */
  readonly startedMs: number;
  readonly stoppedMs: number | undefined;
  /** Only of those that changed while the page looked, since a list has none. */
  readonly error?: string | undefined;
  readonly redriveCount: number;
}

/** The list that a page follows. */
export interface LiveExecutionsOptions {
  readonly call: ConsoleCall;
  readonly changes: ExecutionChanges;
  /** The most executions of one machine that are listed. */
  readonly perMachine: number;
  /** Whether Express executions are known, of which AWS lists none. */
  readonly includesExpress: boolean;
  /** Set for a client that comes back: only what changes from now on, and what runs or ran last. */
  readonly isResumed: boolean;
}

const PAGE = 1000;
const RESUMED_PAGE = 100;

/** Sends the executions of all state machines, newest first of each, and each that changes from then on. */
export async function followExecutions(
  stream: EventStream,
  options: LiveExecutionsOptions,
): Promise<void> {
  const { call, changes } = options;
  let sent = 0;
  const send = (rows: readonly ExecutionRow[]) => {
    if (rows.length > 0) stream.send('rows', JSON.stringify(rows), String(++sent));
  };
  const fail = (error: unknown) => stream.send('failed', errorText(error));
  const describe = async (arns: readonly string[]) => {
    send(await Promise.all(arns.map((executionArn) => rowOf(call, executionArn))));
  };
  stream.onClose(changes.all((arns) => void describe(arns).catch(fail)));
  for (const machineArn of await listedMachines(call, options.includesExpress)) {
    if (stream.isOpen) await sendMachine(machineArn, options, stream, send);
  }
  stream.send('listed', '{}');
}

/** Lists the state machines whose executions can be listed; AWS lists none of Express ones. */
export async function listedMachines(
  call: ConsoleCall,
  includesExpress: boolean,
): Promise<readonly string[]> {
  const machines = await allPages(
    (nextToken): Promise<Partial<ListStateMachinesOutput>> =>
      call('states', 'ListStateMachines', { nextToken }),
    ({ stateMachines, nextToken }) => ({ items: stateMachines, next: nextToken }),
  );
  return machines.flatMap(({ stateMachineArn, type }) =>
    includesExpress || type !== 'EXPRESS' ? (stateMachineArn ?? []) : [],
  );
}

async function sendMachine(
  stateMachineArn: string,
  { call, perMachine, isResumed }: LiveExecutionsOptions,
  stream: EventStream,
  send: (rows: readonly ExecutionRow[]) => void,
): Promise<void> {
  const limit = isResumed ? RESUMED_PAGE : perMachine;
  for await (const page of executionPages(call, stateMachineArn, { pageSize: PAGE, limit })) {
    send(page.map(toRow));
    await stream.turn();
    if (!stream.isOpen) return;
  }
}

async function rowOf(call: ConsoleCall, executionArn: string): Promise<ExecutionRow> {
  return toRow(await call('states', 'DescribeExecution', { executionArn }));
}

function toRow(execution: Partial<DescribeExecutionOutput>): ExecutionRow {
  const { executionArn = '', name = '', stateMachineArn = '', status = '' } = execution;
  return {
    arn: executionArn,
    name,
    machineArn: stateMachineArn,
    status,
    startedMs: execution.startDate?.getTime() ?? 0,
    stoppedMs: execution.stopDate?.getTime(),
    error: execution.error,
    redriveCount: execution.redriveCount ?? 0,
  };
}
