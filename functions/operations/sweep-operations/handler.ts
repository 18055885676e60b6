import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { object, string } from 'valibot';
import { emitMetric } from '../../shared/emit-metric.ts';
import { requiredNumber, requiredVariable } from '../../shared/environment.ts';
import { asError, logger } from '../../shared/logger.ts';
import { putEvents } from '../../shared/put-events.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { readSecond, silentEnds, startAgain } from './executions.ts';
import { oldestSeconds, type SilentEnd, startedAgain, sweepStep } from './sweep-operations.ts';

const stateMachineArns = requiredVariable('STATE_MACHINE_ARNS').split(',');
const claimMs = requiredNumber('CLAIM_SECONDS') * 1_000;
const eventBusName = requiredVariable('EVENT_BUS_NAME');
const operations = requiredVariable('OPERATIONS');

/**
 * Looks after the executions that ended without a word, stopped or out of time: each is begun once more,
 * and announced. It asks Step Functions itself, so that no event has to arrive.
 */
export const handler = taskHandler({
  // The schedule's own time, ISO 8601.
  input: object({ time: string() }),
  correlationId: ({ time }) => time,
  run: async ({ time }) => {
    const nowMs = Date.parse(time);
    const open: SilentEnd[] = [];
    const failed: Error[] = [];
    for (const stateMachineArn of stateMachineArns) {
      for (const end of await silentEnds(stateMachineArn, nowMs)) {
        try {
          if (await sweep(stateMachineArn, end, nowMs)) open.push(end);
        } catch (error) {
          // One that cannot be looked after does not keep the others waiting.
          logger.error('Cannot begin anew', { execution: end.name, error: asError(error) });
          open.push(end);
          failed.push(asError(error));
        }
      }
    }
    const seconds = oldestSeconds(open, nowMs);
    emitMetric('OldestUnfinishedOperationSeconds', MetricUnit.Seconds, seconds, {
      Operations: operations,
    });
    if (failed.length > 0)
      throw new AggregateError(failed, `Cannot begin ${failed.length} operations anew`);
    return { open: open.length };
  },
});

/** Returns whether nobody was at the work of the execution when this sweep looked. */
async function sweep(stateMachineArn: string, end: SilentEnd, nowMs: number): Promise<boolean> {
  const step = sweepStep(end, await readSecond(end), { nowMs, claimMs });
  if (step.kind === 'start') {
    // Announced before it starts: a sweep that ends in between announces it once more, and none is lost.
    await putEvents([startedAgain(eventBusName, end)]);
    await startAgain(stateMachineArn, end);
    logger.warn('Begun anew', { execution: end.name, status: end.status });
  }
  return step.isOpen;
}
