import type { TaskAnswer } from '../ports.ts';
import { record } from '../run.ts';
import type { TaskCall } from './task-call.ts';
import { withinLimits } from './within-limits.ts';

/** Offers a task to the workers of an activity and waits for one of them. */
export async function performActivity(call: TaskCall): Promise<TaskAnswer | 'aborted'> {
  const { visit, request, limits } = call;
  const { run } = visit;
  record(run, {
    type: 'ActivityScheduled',
    resource: request.resource,
    input: request.parameters,
    timeoutInSeconds: limits.timeoutSeconds,
    heartbeatInSeconds: limits.heartbeatSeconds,
  });
  const answer = await withinLimits(
    run,
    { ...limits, awaited: true, taskName: request.resource },
    ({ signal, heartbeat }) =>
      run.ports.performActivity(
        request,
        {
          started(workerName) {
            heartbeat();
            record(run, { type: 'ActivityStarted', workerName });
          },
          heartbeat,
        },
        signal,
      ),
  );
  if (answer === 'aborted') return answer;
  switch (answer.kind) {
    case 'succeeded':
      record(run, { type: 'ActivitySucceeded', output: answer.output });
      return answer;
    case 'failed': {
      const { error, cause, stage } = answer;
      const type = stage === 'schedule' ? 'ActivityScheduleFailed' : 'ActivityFailed';
      record(run, { type, error, cause });
      return answer;
    }
    case 'timed out': {
      const { error, cause } = answer.failure;
      record(run, { type: 'ActivityTimedOut', error, cause });
      return answer.failure;
    }
  }
}
