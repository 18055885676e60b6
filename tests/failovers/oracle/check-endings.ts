import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../../../packages/signalbox/src/core/json.ts';
import { indexOfEntry, type ReadFailover, readFailovers } from './folds.ts';
import type { Fact, Observation, SeenExecution } from './observation.ts';

/** Says what an end has left undone: a lock that is held, a trail that is not closed, a report that is missing. */
export function checkEndings(observation: Observation): readonly string[] {
  const { executions, heldLocks, facts } = observation;
  const failovers = readFailovers(observation);
  return [
    ...heldLocks.map((target) => `The lock of ${target} is held`),
    ...executions
      .filter(({ status }) => status === 'RUNNING')
      .map(({ executionArn }) => `${nameOf(executionArn)} still runs`),
    ...failovers.flatMap((failover) => closingWrongs(failover, facts)),
    ...executions.flatMap((execution) => untoldWrongs(execution, failovers)),
  ];
}

function closingWrongs(failover: ReadFailover, facts: readonly Fact[]): readonly string[] {
  const { failoverId, executionArn, record, report, hasMarkdown, befores } = failover;
  const isTold = failover.entries.some(({ entryId }) => entryId.startsWith('ended#'));
  if (executionArn === undefined && !isTold) return [`${failoverId} belongs to nobody`];
  const isReported = report !== undefined && hasMarkdown;
  const reports = isReported ? [] : [`${failoverId} has no report`];
  if (executionArn === undefined) return reports;
  if (record === undefined) return [`${failoverId} is not closed`];
  const closings = facts.filter(
    (fact) => fact.kind === 'entry' && fact.failoverId === failoverId && fact.entryId === 'closed',
  );
  return [
    ...(closings.length === 1 ? [] : [`${failoverId} was closed ${closings.length} times`]),
    ...reports,
    ...(isReported && !isDeepStrictEqual(report, asJson({ failoverId, ...record }))
      ? [`${failoverId} has a report that differs from its closing entry`]
      : []),
    ...befores.flatMap(({ stepId, before }) => {
      if (isLate(failoverId, `before#${stepId}`, facts)) return []; // it called nothing any more
      const step = record.steps.find((one) => one.stepId === stepId);
      if (step === undefined) return [`${failoverId} is closed without its step ${stepId}`];
      const isWhole = isDeepStrictEqual(step.before, before) && step.after !== null;
      return isWhole ? [] : [`${failoverId} is closed without before and after of step ${stepId}`];
    }),
    ...(isLate(failoverId, 'lock', facts) ? [`${failoverId} was locked after its end`] : []),
  ];
}

/** Whether an entry was written after the end had begun to be written down. */
function isLate(failoverId: string, entryId: string, facts: readonly Fact[]): boolean {
  const closingAt = indexOfEntry(facts, failoverId, 'closing') ?? Number.POSITIVE_INFINITY;
  return (indexOfEntry(facts, failoverId, entryId) ?? closingAt) > closingAt;
}

/** Every execution has a closed failover, or at least a note of its end, but for one that does what another does. */
function untoldWrongs(
  { executionArn, failoverId, output }: SeenExecution,
  failovers: readonly ReadFailover[],
): readonly string[] {
  if (isJsonObject(output) && output['outcome'] === 'duplicate') return [];
  const name = nameOf(executionArn);
  const isTold = failovers.some(
    (one) =>
      one.executionArn === executionArn ||
      one.entries.some(({ entryId }) => entryId === `ended#${name}`),
  );
  const isAnothers = failovers.some(
    (one) => one.failoverId === failoverId && one.executionArn !== undefined,
  );
  return isTold || isAnothers ? [] : [`${name} ended, and no trail tells of it`];
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function nameOf(executionArn: string): string {
  return executionArn.split(':').at(-1) ?? executionArn;
}
