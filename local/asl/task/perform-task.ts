import type { TaskAnswer, TaskRequest } from '../ports.ts';
import type { Visit } from '../run.ts';
import type { TimeLimits } from './fields.ts';
import { performActivity } from './perform-activity.ts';
import { performLambda } from './perform-lambda.ts';
import { performService } from './perform-service.ts';
import type { TaskResource } from './resource.ts';

/** One attempt at a task. */
export interface TaskCall {
  readonly visit: Visit;
  readonly resource: TaskResource;
  readonly request: TaskRequest;
  readonly limits: TimeLimits;
}

/** Makes one attempt at a task and records its events. */
export function performTask(call: TaskCall): Promise<TaskAnswer | 'aborted'> {
  switch (call.resource.kind) {
    case 'lambda':
      return performLambda(call);
    case 'activity':
      return performActivity(call);
    case 'service':
      return performService(call, call.resource);
  }
}
