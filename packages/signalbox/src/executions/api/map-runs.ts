import type {
  DescribeMapRunInput,
  DescribeMapRunOutput,
  ListMapRunsInput,
  ListMapRunsOutput,
  MapRunExecutionCounts,
  UpdateMapRunInput,
  UpdateMapRunOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { type MapRunRecord, settingsOf } from '../map-runs/map-runs.ts';
import { required } from '../members.ts';
import { page } from '../paging.ts';
import { validation } from '../refusals.ts';
import type { StatesContext } from '../states-context.ts';
import { findExecution } from './executions.ts';

/** DescribeMapRun. */
export function describeMapRun(
  { mapRuns }: StatesContext,
  input: DescribeMapRunInput,
): DescribeMapRunOutput {
  const mapRun = mapRuns.get(required('mapRunArn', input.mapRunArn));
  const { arn, executionArn, status, startDate, stopDate, totals, redriven } = mapRun;
  return {
    mapRunArn: arn,
    executionArn,
    status,
    startDate,
    ...(stopDate === undefined ? {} : { stopDate }),
    ...settingsOf(mapRun),
    itemCounts: countsOf(mapRun, totals.items, 'items'),
    executionCounts: countsOf(mapRun, totals.executions, 'executions'),
    redriveCount: redriven?.count ?? 0,
    ...(redriven === undefined ? {} : { redriveDate: redriven.date }),
  };
}

function countsOf(
  { tallies, status, redriven }: MapRunRecord,
  total: number,
  unit: 'items' | 'executions',
): MapRunExecutionCounts {
  const counts = {
    running: tallies.RUNNING[unit],
    succeeded: tallies.SUCCEEDED[unit],
    failed: tallies.FAILED[unit],
    timedOut: tallies.TIMED_OUT[unit],
    aborted: tallies.ABORTED[unit],
  };
  const started = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    pending: status === 'RUNNING' ? Math.max(0, total - started) : 0,
    ...counts,
    total,
    resultsWritten: status === 'SUCCEEDED' ? started : 0,
    failuresNotRedrivable: redriven?.notRedrivable[unit] ?? 0,
    pendingRedrive: redriven?.pending[unit] ?? 0,
  };
}

/** ListMapRuns: those that an execution started. */
export function listMapRuns(context: StatesContext, input: ListMapRunsInput): ListMapRunsOutput {
  const { header } = findExecution(context, input.executionArn);
  const all = context.mapRuns.ofExecution(header.executionArn);
  const { items, ...next } = page('mapRuns', all, input);
  const mapRuns = items.map(({ arn, executionArn, stateMachineArn, startDate, stopDate }) => ({
    mapRunArn: arn,
    executionArn,
    stateMachineArn,
    startDate,
    ...(stopDate === undefined ? {} : { stopDate }),
  }));
  return { mapRuns, ...next };
}

/** UpdateMapRun: the child executions that are not started yet follow the new settings. */
export function updateMapRun(
  { mapRuns }: StatesContext,
  input: UpdateMapRunInput,
): UpdateMapRunOutput {
  const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = input;
  const mapRun = mapRuns.get(required('mapRunArn', input.mapRunArn));
  checkRange('maxConcurrency', maxConcurrency);
  checkRange('toleratedFailurePercentage', toleratedFailurePercentage, 100);
  checkRange('toleratedFailureCount', toleratedFailureCount);
  if (mapRun.status !== 'RUNNING') {
    throw new AwsError(
      'ValidationException',
      `Map Run is ${mapRun.status} and cannot be updated: '${mapRun.arn}'`,
    );
  }
  const current = settingsOf(mapRun);
  const before = mapRun.changed;
  mapRun.changed = {
    maxConcurrency: maxConcurrency ?? current.maxConcurrency,
    toleratedFailureCount: toleratedFailureCount ?? current.toleratedFailureCount,
    toleratedFailurePercentage: toleratedFailurePercentage ?? current.toleratedFailurePercentage,
  };
  try {
    mapRuns.keep(mapRun);
  } catch (error) {
    mapRun.changed = before;
    throw error;
  }
  return {};
}

function checkRange(name: string, value: number | undefined, max = Number.POSITIVE_INFINITY): void {
  if (value === undefined || (value >= 0 && value <= max)) return;
  const bound = value < 0 ? 'greater than or equal to 0' : `less than or equal to ${max}`;
  throw validation(
    `Value '${value}' at '${name}' failed to satisfy constraint: Member must have value ${bound}`,
  );
}
