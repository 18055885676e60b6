import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { isJsonObject, type Json, type Rehearsal, UserError } from 'signalbox';

/** The state of a game day's execution until now. */
export interface DrillExecution {
  readonly executionArn: string;
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** The latest request for approval; undefined when the execution has ended. */
  readonly approvalId: string | undefined;
}

/**
 * Reads the execution that an event started.
 * @throws {UserError} When there is none.
 */
export async function readDrillExecution(
  { client, physicalId }: Rehearsal,
  eventId: string,
): Promise<DrillExecution> {
  const states = new SFNClient(client);
  const stateMachineArn = physicalId('DrFailoverStateMachine');
  for await (const { executions = [] } of paginateListExecutions(
    { client: states },
    { stateMachineArn },
  )) {
    for (const { executionArn = '' } of executions) {
      const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
      if (isStartedBy(execution, eventId)) return await toDrillExecution(states, execution);
    }
  }
  throw new UserError(
    'invalid',
    'No rule starts an execution for FailoverRequested: "signalbox event ls" of a rehearsal tells why',
  );
}

function isStartedBy({ input = 'null' }: DescribeExecutionOutput, eventId: string): boolean {
  const event: Json = JSON.parse(input);
  return isJsonObject(event) && event['id'] === eventId;
}

async function toDrillExecution(
  states: SFNClient,
  { executionArn = '', status, error, cause }: DescribeExecutionOutput,
): Promise<DrillExecution> {
  const approvalId = status === 'RUNNING' ? await readApprovalId(states, executionArn) : undefined;
  return { executionArn, status: status ?? '', error, cause, approvalId };
}

/** The approval that the last task asked for which asked for one. */
async function readApprovalId(
  client: SFNClient,
  executionArn: string,
): Promise<string | undefined> {
  let last: string | undefined;
  for await (const { events = [] } of paginateGetExecutionHistory({ client }, { executionArn })) {
    for (const { taskScheduledEventDetails } of events) {
      last = approvalIdIn(JSON.parse(taskScheduledEventDetails?.parameters ?? 'null')) ?? last;
    }
  }
  return last;
}

function approvalIdIn(parameters: Json): string | undefined {
  const payload = isJsonObject(parameters) ? parameters['Payload'] : undefined;
  const approvalId = isJsonObject(payload) ? payload['approvalId'] : undefined;
  return typeof approvalId === 'string' ? approvalId : undefined;
}
