import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { readHistory } from '../cli/commands/history.ts';
import { allExecutions } from '../cli/find-execution.ts';
import { isJsonObject, type Json } from '../core/json.ts';
import type { ExecutionResult } from './scenario-result.ts';

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
  const isRunning = execution.status === 'RUNNING';
  return {
    executionArn,
    name: execution.name ?? '',
    stateMachine: execution.stateMachineArn?.split(':').at(-1) ?? '',
    orderId: orderIdOf(execution.input),
    approvalId: isRunning ? approvalIdIn(await readHistory(client, executionArn)) : undefined,
    status: execution.status ?? '',
    error: execution.error,
    cause: execution.cause,
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

/** The order that the event in the input is about: its own, or that of the execution that ended. */
function orderIdOf(input = '{}'): string | undefined {
  const event: Json = JSON.parse(input);
  const detail = isJsonObject(event) ? event['detail'] : undefined;
  if (!isJsonObject(detail)) return undefined;
  const { orderId, input: inputOfTheEnded } = detail;
  if (typeof inputOfTheEnded === 'string') return orderIdOf(inputOfTheEnded);
  return typeof orderId === 'string' ? orderId : undefined;
}

/** The approval that the last task of the execution asked for which asked for one. */
function approvalIdIn(events: readonly HistoryEvent[]): string | undefined {
  const asked = events.map(({ taskScheduledEventDetails }) => {
    const parameters: Json = JSON.parse(taskScheduledEventDetails?.parameters ?? 'null');
    const payload = isJsonObject(parameters) ? parameters['Payload'] : undefined;
    const approvalId = isJsonObject(payload) ? payload['approvalId'] : undefined;
    return typeof approvalId === 'string' ? approvalId : undefined;
  });
  return asked.findLast((approvalId) => approvalId !== undefined);
}
