import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { jsonText } from '../core/exact-json/exact-number.ts';
import { shownTrace } from '../core/step-trace.ts';
import type { ExecutionHeader, StoredExecution } from '../history/store.ts';
import type { Summary } from '../history/summary.ts';
import { redriveStatusOf } from './redrive/redrivability.ts';

/** Describes an execution as DescribeExecution does at a moment: a fold over its history. */
export function describeExecution(execution: StoredExecution, now: Date): DescribeExecutionOutput {
  const { header, summary } = execution;
  const traceHeader = shownTrace(header.traceHeader);
  return {
    executionArn: header.executionArn,
    stateMachineArn: header.stateMachineArn,
    name: header.name,
    status: summary.status,
    startDate: new Date(header.startDate),
    ...(summary.stoppedAt === undefined ? {} : { stopDate: new Date(summary.stoppedAt) }),
    input: header.input,
    inputDetails: { included: true },
    ...outputOf(summary),
    ...failureOf(summary),
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...startedByOf(header),
    ...(header.mapRunArn === undefined ? {} : { mapRunArn: header.mapRunArn }),
    redriveCount: summary.redriveCount,
    ...(summary.redrivenAt === undefined ? {} : { redriveDate: new Date(summary.redrivenAt) }),
    ...redriveStatusOf(execution, now),
  };
}

/** The version and the alias by which an execution was started. */
export function startedByOf({
  stateMachineVersionArn,
  stateMachineAliasArn,
}: ExecutionHeader): Pick<
  DescribeExecutionOutput,
  'stateMachineVersionArn' | 'stateMachineAliasArn'
> {
  return {
    ...(stateMachineVersionArn === undefined ? {} : { stateMachineVersionArn }),
    ...(stateMachineAliasArn === undefined ? {} : { stateMachineAliasArn }),
  };
}

/** AWS: an execution that timed out has neither; the history has. */
function failureOf({ status, error, cause }: Summary) {
  if (status === 'TIMED_OUT') return {};
  return {
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function outputOf({ output }: Summary) {
  if (output === undefined) return {};
  return { output: jsonText(output), outputDetails: { included: true } };
}
