import type { TaskResult } from '../task-result.ts';
import { performActivity } from './perform-activity.ts';
import { performLambda } from './perform-lambda.ts';
import { performService } from './perform-service.ts';
import type { TaskCall } from './task-call.ts';

/** Makes one attempt at a task and records its events. */
export function performTask(call: TaskCall): Promise<TaskResult | 'aborted'> {
  switch (call.resource.kind) {
    case 'lambda':
      return performLambda(call);
    case 'activity':
      return performActivity(call);
    case 'service':
      return performService(call, call.resource);
  }
}
