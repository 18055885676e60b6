import { callName, isDeadLetter, isMutating } from './call-log.ts';
import type { Expectation } from './expectation.ts';
import {
  readHeldLocks,
  readMetricSums,
  readReportKeys,
  readWorldValues,
} from './read-operations.ts';
import type { EventResult, OperationsState } from './scenario-result.ts';
import type { Stage } from './stage.ts';

/** Events that come by schedules and changes of the stack, whatever a scenario does. */
const OF_ITSELF = new Set(['PlanEvaluated']);

/** What came of a scenario beside its orders and executions; `put` are the events that it put itself. */
type CameOf = (
  put: readonly (string | EventResult)[],
) => Promise<OperationsState & { readonly deadLetters: number }>;

/** Notes how things stand, and watches until the answer is called, which tells what has changed. */
export async function watchOperations(stage: Stage, expected: Expectation): Promise<CameOf> {
  const ownBuckets = stage.physicalIds('AWS::S3::Bucket');
  const deadLetterQueues = ['OrderEventsDeadLetters', 'OperationsDeadLetters'].map(
    stage.physicalId,
  );
  const mutatingCalls: string[] = [];
  let deadLetters = 0;
  const stopListening = stage.calls.listen((call) => {
    if (isMutating(call, ownBuckets)) mutatingCalls.push(callName(call));
    if (isDeadLetter(call, deadLetterQueues)) deadLetters += 1;
  });
  const earlierLocks = expected.locksFree ? await readHeldLocks(stage) : [];
  const asksForReports = expected.reports.length > 0;
  const earlierReports = new Set(asksForReports ? await readReportKeys(stage) : []);
  const metricNames = Object.keys(expected.metrics);
  const earlierSums = await readMetricSums(stage, metricNames);
  const earlierEvents = new Set(stage.operationsEvents().map(({ eventId }) => eventId));
  return async (put) => {
    stopListening();
    const locks = expected.locksFree ? await readHeldLocks(stage) : [];
    const sums = await readMetricSums(stage, metricNames);
    const reports = asksForReports ? await readReportKeys(stage) : [];
    return {
      deadLetters,
      world: readWorldValues(stage, expected),
      heldLocks: locks.filter((target) => !earlierLocks.includes(target)),
      mutatingCalls,
      metrics: Object.fromEntries(
        metricNames.map((name, index) => [name, (sums[index] ?? 0) - (earlierSums[index] ?? 0)]),
      ),
      reports: reports.filter((key) => !earlierReports.has(key)),
      published: stage
        .operationsEvents()
        .filter(({ eventId }) => !earlierEvents.has(eventId) && !put.includes(eventId))
        .map(({ detailType }) => detailType)
        .filter((detailType) => !OF_ITSELF.has(detailType)),
    };
  };
}
