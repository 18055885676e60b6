import type {
  DescribeExecutionInput,
  DescribeExecutionOutput,
  ExecutionListItem,
  ListExecutionsInput,
  ListExecutionsOutput,
  StopExecutionInput,
  StopExecutionOutput,
} from '@aws-sdk/client-sfn';
import { pageToken } from '../../core/page-of.ts';
import type { StoredExecution } from '../../history/store.ts';
import { checkArn } from '../arns.ts';
import { describeExecution as describe, startedByOf } from '../execution-description.ts';
import { checkLength, checkSensitiveLength, checkWord, required } from '../members.ts';
import { pageSize, startOfPage } from '../paging.ts';
import {
  executionDoesNotExist,
  invalidArn,
  stateMachineTypeNotSupported,
  validation,
} from '../refusals.ts';
import type { StatesContext } from '../states-context.ts';
import { machineArnOf } from '../versions.ts';

/** AWS: API_ListExecutions, `nextToken`. */
const MAX_LIST_TOKEN_LENGTH = 3_096;

/** Finds a Standard execution. @throws {AwsError} `InvalidArn` or `ExecutionDoesNotExist`. */
export function findExecution(
  { store, machines }: StatesContext,
  executionArn: string | undefined,
): StoredExecution {
  const arn = required('executionArn', executionArn);
  checkArn(arn, 'execution');
  const execution = store.find(arn);
  if (execution !== undefined) return execution;
  // AWS: what an Express machine starts has ARNs of another kind.
  const machine = machines.find(machineOfExecution(arn));
  if (machine?.type === 'EXPRESS') {
    throw invalidArn('Resource type not valid in this context: express');
  }
  throw executionDoesNotExist(arn);
}

function machineOfExecution(executionArn: string): string {
  return executionArn.split(':').slice(0, 7).join(':').replace(':execution:', ':stateMachine:');
}

/** A Map state's processor counts as a machine of its own, of all of its Map Runs. */
function machineOfMapRun(mapRunArn: string): string {
  return mapRunArn.split(':').slice(0, 7).join(':').replace(':mapRun:', ':stateMachine:');
}

/** DescribeExecution. */
export function describeExecution(
  context: StatesContext,
  { executionArn, includedData }: DescribeExecutionInput,
): DescribeExecutionOutput {
  const described = describe(findExecution(context, executionArn), context.clock.now());
  if (includedData !== 'METADATA_ONLY') return described;
  const { input: _i, inputDetails: _id, output: _o, outputDetails: _od, ...metadata } = described;
  return metadata;
}

/** StopExecution; where the execution has ended already, it returns when. */
export function stopExecution(
  context: StatesContext,
  { executionArn, error, cause }: StopExecutionInput,
): StopExecutionOutput {
  checkSensitiveLength('error', error, 256);
  checkSensitiveLength('cause', cause, 32_768);
  const execution = findExecution(context, executionArn);
  context.runner.stop(execution.header.executionArn, error, cause);
  const { stoppedAt } = execution.summary;
  return { stopDate: stoppedAt === undefined ? context.clock.now() : new Date(stoppedAt) };
}

/** ListExecutions: newest first. */
export function listExecutions(
  context: StatesContext,
  input: ListExecutionsInput,
): ListExecutionsOutput {
  checkWord('statusFilter', input.statusFilter, STATUSES);
  checkWord('redriveFilter', input.redriveFilter, REDRIVE_FILTERS);
  const size = pageSize(input.maxResults);
  checkLength('nextToken', input.nextToken, MAX_LIST_TOKEN_LENGTH);
  const all = listed(context, input);
  // A token counts from the oldest, so that an execution started meanwhile shifts nothing.
  const start = startOfPage('executions', input.nextToken, {
    start: all.length,
    maxTokenLength: MAX_LIST_TOKEN_LENGTH,
  });
  const executions: ExecutionListItem[] = [];
  for (let position = Math.min(start, all.length); position > 0; position -= 1) {
    const execution = all[position - 1];
    if (execution === undefined || !wanted(execution, input)) continue;
    if (executions.length === size) {
      const nextToken = pageToken('executions', position);
      return { executions, nextToken };
    }
    executions.push(toListItem(execution));
  }
  return { executions };
}

function listed(
  { store, machines }: StatesContext,
  { stateMachineArn, mapRunArn }: ListExecutionsInput,
): readonly StoredExecution[] {
  if (mapRunArn !== undefined) {
    checkArn(mapRunArn, 'mapRun');
    return store
      .executionsOf(machineOfMapRun(mapRunArn))
      .filter(({ header }) => header.mapRunArn === mapRunArn);
  }
  if (stateMachineArn === undefined) {
    throw validation(
      "Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null",
    );
  }
  const machine = machines.get(machineArnOf(stateMachineArn));
  if (machine.type === 'EXPRESS') throw stateMachineTypeNotSupported();
  const all = store.executionsOf(machine.arn);
  // A version or an alias lists what was started by it.
  if (stateMachineArn === machine.arn) return all;
  return all.filter(
    ({ header }) =>
      header.stateMachineVersionArn === stateMachineArn ||
      header.stateMachineAliasArn === stateMachineArn,
  );
}

const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'];
const REDRIVE_FILTERS = ['REDRIVEN', 'NOT_REDRIVEN'];

function wanted(
  { summary }: StoredExecution,
  { statusFilter, redriveFilter }: ListExecutionsInput,
): boolean {
  if (redriveFilter !== undefined && (redriveFilter === 'REDRIVEN') !== summary.redriveCount > 0) {
    return false;
  }
  return statusFilter === undefined || summary.status === statusFilter;
}

/** What the index has of an execution: no history is read for a list. */
function toListItem({ header, summary }: StoredExecution): ExecutionListItem {
  const { executionArn, stateMachineArn, name, startDate, mapRunArn } = header;
  const { status, stoppedAt, redriveCount, redrivenAt } = summary;
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: new Date(startDate),
    ...(stoppedAt === undefined ? {} : { stopDate: new Date(stoppedAt) }),
    ...(mapRunArn === undefined ? {} : { mapRunArn }),
    ...startedByOf(header),
    redriveCount,
    ...(redrivenAt === undefined ? {} : { redriveDate: new Date(redrivenAt) }),
  };
}
