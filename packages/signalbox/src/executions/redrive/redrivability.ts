import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import type { StoredExecution } from '../../history/store.ts';

/** AWS: API_RedriveExecution, the redrivable period. */
const REDRIVABLE_MS = 14 * 24 * 60 * 60 * 1000;

/** AWS: a redriven history needs room for ExecutionRedriven and one event more. */
const MAX_EVENTS = 24_999;

/** AWS: Step Functions quotas, "Maximum number of redrives". */
const MAX_REDRIVES = 1_000;

/** Says why AWS would not redrive an execution, in its words; undefined where it would. */
export function whyNotRedrivable(
  { summary, eventCount }: StoredExecution,
  now: Date,
): string | undefined {
  const { status, stoppedAt, redriveCount } = summary;
  if (status === 'RUNNING' || status === 'SUCCEEDED') {
    return `Execution is ${status} and cannot be redriven`;
  }
  if (eventCount >= MAX_EVENTS) return 'Execution history event limit exceeded';
  if (redriveCount >= MAX_REDRIVES) return 'Execution redrive limit exceeded';
  if (stoppedAt !== undefined && now.getTime() - Date.parse(stoppedAt) > REDRIVABLE_MS) {
    return 'Execution redrivable period exceeded';
  }
  return undefined;
}

/** The members of DescribeExecution that say whether an execution may be redriven. */
export function redriveStatusOf(
  execution: StoredExecution,
  now: Date,
): Pick<DescribeExecutionOutput, 'redriveStatus' | 'redriveStatusReason'> {
  const redriveStatusReason = whyNotRedrivable(execution, now);
  if (redriveStatusReason !== undefined) {
    return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason };
  }
  const isChild = execution.header.mapRunArn !== undefined;
  return { redriveStatus: isChild ? 'REDRIVABLE_BY_MAP_RUN' : 'REDRIVABLE' };
}
