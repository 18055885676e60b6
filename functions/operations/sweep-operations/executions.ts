import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type ExecutionListItem,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  isSecond,
  LONGEST_RUN_MS,
  nameAgain,
  type SecondAttempt,
  type SilentEnd,
  WINDOW_MS,
} from './sweep-operations.ts';

const client = new SFNClient({});
const SILENT = ['ABORTED', 'TIMED_OUT'] as const;

/** The executions of a workflow that ended in silence within the window; second attempts are not among them. */
export async function silentEnds(
  stateMachineArn: string,
  nowMs: number,
): Promise<readonly SilentEnd[]> {
  const ends: SilentEnd[] = [];
  for (const status of SILENT) {
    const pages = paginateListExecutions({ client }, { stateMachineArn, statusFilter: status });
    for await (const { executions = [] } of pages) {
      const read = executions.map((one) => toSilentEnd(one, status));
      ends.push(...read.filter((end) => nowMs - end.endedAtMs < WINDOW_MS && !isSecond(end.name)));
      // The newest start comes first: what began before this has ended before the window.
      if (read.some(({ startedAtMs }) => nowMs - startedAtMs > LONGEST_RUN_MS + WINDOW_MS)) break;
    }
  }
  return ends;
}

function toSilentEnd(
  { executionArn = '', name = '', startDate, stopDate }: ExecutionListItem,
  status: SilentEnd['status'],
): SilentEnd {
  const startedAtMs = startDate?.getTime() ?? 0;
  return { executionArn, name, status, startedAtMs, endedAtMs: stopDate?.getTime() ?? startedAtMs };
}

/** How the second attempt of an execution stands. */
export async function readSecond({ executionArn, name }: SilentEnd): Promise<SecondAttempt> {
  const secondArn = `${executionArn.slice(0, -name.length)}${nameAgain(name)}`;
  try {
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn: secondArn }));
    if (status === 'SUCCEEDED') return 'SUCCEEDED';
    return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'RUNNING' : 'ENDED_BADLY';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}

/** Starts the work of an execution once more, with its own input. */
export async function startAgain(stateMachineArn: string, end: SilentEnd): Promise<void> {
  const { input } = await client.send(
    new DescribeExecutionCommand({ executionArn: end.executionArn }),
  );
  try {
    await client.send(
      new StartExecutionCommand({ stateMachineArn, name: nameAgain(end.name), input }),
    );
  } catch (error) {
    // A sweep at the same time was first.
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}
