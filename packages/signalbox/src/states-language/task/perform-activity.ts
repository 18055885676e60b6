import { ERROR } from '../error-names.ts';
import { record } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import type { TaskResult } from '../task-result.ts';
import { recordAttempt } from './record-attempt.ts';
import type { TaskCall } from './task-call.ts';
import { withinLimits } from './within-limits.ts';

/** Offers a task to the workers of an activity and waits for one of them. */
export async function performActivity(call: TaskCall): Promise<TaskResult | 'aborted'> {
  const { visit, request, limits, past } = call;
  const { run } = visit;
  if (past === undefined) {
    if (!run.ports.hasActivity(request.resource)) {
      throw new StateFailure(ERROR.runtime, `The activity ${request.resource} does not exist.`);
    }
    record(run, {
      type: 'ActivityScheduled',
      resource: request.resource,
      input: request.parameters,
      timeoutInSeconds: limits.timeoutSeconds,
      heartbeatInSeconds: limits.heartbeatSeconds,
    });
  }
  const end = await withinLimits(
    run,
    { ...limits, awaited: true, taskName: request.resource, since: past?.scheduledAt },
    ({ signal, heartbeat }) =>
      run.ports.performActivity(
        request,
        {
          started(workerName) {
            heartbeat();
            record(run, { type: 'ActivityStarted', workerName });
          },
          heartbeat,
          isTaken: past?.isTaken ?? false,
        },
        signal,
      ),
  );
  return recordAttempt(run, end, {
    succeeded: (output) => ({ type: 'ActivitySucceeded', output }),
    failed: (failure, stage) => ({
      type: stage === 'schedule' ? 'ActivityScheduleFailed' : 'ActivityFailed',
      ...failure,
    }),
    timedOut: (failure) => ({ type: 'ActivityTimedOut', ...failure }),
  });
}
