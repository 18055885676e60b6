import type { TaskRequest } from '../ports.ts';
import type { Visit } from '../run.ts';
import type { PastAttempt } from '../starting-point.ts';
import type { TimeLimits } from './fields.ts';
import type { TaskResource } from './resource.ts';

/** One attempt at a task. */
export interface TaskCall {
  readonly visit: Visit;
  readonly resource: TaskResource;
  readonly request: TaskRequest;
  readonly limits: TimeLimits;
  /** Set where an earlier process has begun the attempt, which goes on. */
  readonly past?: PastAttempt | undefined;
}
