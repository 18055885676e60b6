import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { readHistory } from '../../packages/signalbox/src/cli/commands/history.ts';
import { allExecutions } from '../../packages/signalbox/src/cli/find-execution.ts';
import type { ExecutionResult } from '../../packages/signalbox/src/scenarios/scenario-result.ts';

/** Reads the executions that are asked for, in the order in which they started. */
export async function readExecutions(
  client: SFNClient,
  wanted: (executionArn: string) => boolean,
): Promise<readonly ExecutionResult[]> {
  const arns = (await allExecutions(client)).flatMap(({ executionArn }) =>
    executionArn !== undefined && wanted(executionArn) ? [executionArn] : [],
  );
  return Promise.all(arns.reverse().map((executionArn) => readExecution(client, executionArn)));
}

async function readExecution(client: SFNClient, executionArn: string): Promise<ExecutionResult> {
  const [execution, events] = await Promise.all([
    client.send(new DescribeExecutionCommand({ executionArn })),
    readHistory(client, executionArn, false),
  ]);
  return {
    executionArn,
    name: execution.name ?? '',
    stateMachine: execution.stateMachineArn?.split(':').at(-1) ?? '',
    status: execution.status ?? '',
    error: execution.error,
    cause: execution.cause,
    input: JSON.parse(execution.input ?? 'null'),
    output: JSON.parse(execution.output ?? 'null'),
    path: events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []),
    durationMs: durationOf(execution, events),
  };
}

function durationOf(
  { startDate, stopDate }: DescribeExecutionOutput,
  events: readonly HistoryEvent[],
): number {
  const end = stopDate ?? events.at(-1)?.timestamp;
  return (end?.getTime() ?? 0) - (startDate?.getTime() ?? 0);
}
