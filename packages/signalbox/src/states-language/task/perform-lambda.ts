import { record } from '../run.ts';
import type { TaskFailure, TaskResult } from '../task-result.ts';
import { recordAttempt } from './record-attempt.ts';
import type { TaskCall } from './task-call.ts';
import { withinLimits } from './within-limits.ts';

/** Invokes a function by its own ARN. */
export async function performLambda(call: TaskCall): Promise<TaskResult | 'aborted'> {
  const { visit, request, limits, past } = call;
  const { run } = visit;
  if (past === undefined) {
    record(run, {
      type: 'LambdaFunctionScheduled',
      resource: request.resource,
      input: request.parameters,
      timeoutInSeconds: limits.timeoutSeconds,
      taskCredentials: request.roleArn === undefined ? undefined : { roleArn: request.roleArn },
    });
    record(run, { type: 'LambdaFunctionStarted' });
  }
  const end = await withinLimits(
    run,
    { ...limits, awaited: false, taskName: request.resource, since: past?.scheduledAt },
    ({ signal }) => run.ports.invoke(request, signal),
  );
  return recordAttempt(run, end, {
    succeeded: (output) => ({ type: 'LambdaFunctionSucceeded', output }),
    failed: (failure, stage) => ({ type: failedType(stage), ...failure }),
    timedOut: (failure) => ({ type: 'LambdaFunctionTimedOut', ...failure }),
  });
}

function failedType(
  stage: TaskFailure['stage'],
): 'LambdaFunctionFailed' | 'LambdaFunctionScheduleFailed' | 'LambdaFunctionStartFailed' {
  switch (stage) {
    case 'schedule':
      return 'LambdaFunctionScheduleFailed';
    case 'start':
      return 'LambdaFunctionStartFailed';
    default:
      return 'LambdaFunctionFailed';
  }
}
