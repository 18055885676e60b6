import type { TaskAnswer, TaskFailure } from '../ports.ts';
import { record } from '../run.ts';
import type { TaskCall } from './task-call.ts';
import { withinLimits } from './within-limits.ts';

/** Invokes a function by its own ARN. */
export async function performLambda(call: TaskCall): Promise<TaskAnswer | 'aborted'> {
  const { visit, request, limits } = call;
  const { run } = visit;
  record(run, {
    type: 'LambdaFunctionScheduled',
    resource: request.resource,
    input: request.parameters,
    timeoutInSeconds: limits.timeoutSeconds,
    taskCredentials: request.roleArn === undefined ? undefined : { roleArn: request.roleArn },
  });
  record(run, { type: 'LambdaFunctionStarted' });
  const answer = await withinLimits(
    run,
    { ...limits, awaited: false, taskName: request.resource },
    ({ signal }) => run.ports.invoke(request, signal),
  );
  if (answer === 'aborted') return answer;
  switch (answer.kind) {
    case 'succeeded':
      record(run, { type: 'LambdaFunctionSucceeded', output: answer.output });
      return answer;
    case 'failed': {
      const { error, cause } = answer;
      record(run, { type: failedType(answer), error, cause });
      return answer;
    }
    case 'timed out': {
      const { error, cause } = answer.failure;
      record(run, { type: 'LambdaFunctionTimedOut', error, cause });
      return answer.failure;
    }
  }
}

function failedType({
  stage,
}: TaskFailure):
  | 'LambdaFunctionFailed'
  | 'LambdaFunctionScheduleFailed'
  | 'LambdaFunctionStartFailed' {
  switch (stage) {
    case 'schedule':
      return 'LambdaFunctionScheduleFailed';
    case 'start':
      return 'LambdaFunctionStartFailed';
    default:
      return 'LambdaFunctionFailed';
  }
}
