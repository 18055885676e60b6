import { jsonText } from '../core/exact-json/exact-number.ts';
import { isJsonObject, type Json, type JsonObject, ownPayload } from '../core/json.ts';
import type { StoredExecution } from '../history/store.ts';
import type { TaskRequest } from '../states-language/ports.ts';
import type { TaskResult } from '../states-language/task-result.ts';
import { describeExecution } from './execution-description.ts';
import type { Integration } from './tasks/integrations.ts';
import { toJsonOutput } from './tasks/json-output.ts';

/** The calls of a parent about the executions that it started. */
export interface NestedExecutions {
  ended(executionArn: string): Promise<StoredExecution>;
  stop(executionArn: string, error: string | undefined, cause: string | undefined): void;
}

/** A `.sync` task that waits. */
export interface NestedWait {
  readonly request: TaskRequest;
  /** The response of StartExecution. */
  readonly submitted: Json;
  readonly signal: AbortSignal;
}

const DESCRIBE_EXECUTION: Integration = {
  style: 'optimized',
  service: 'states',
  action: 'DescribeExecution',
  errorPrefix: 'StepFunctions',
  unmodelledError: 'AWSStepFunctionsException',
  serviceName: 'AWSStepFunctions',
};

/** Waits for an execution that a `states:startExecution.sync` started; stops it when the signal aborts. */
export async function awaitNestedExecution(
  nested: NestedExecutions,
  parentArn: string,
  { request, submitted, signal }: NestedWait,
): Promise<TaskResult> {
  const executionArn = isJsonObject(submitted) ? submitted['ExecutionArn'] : undefined;
  if (typeof executionArn !== 'string') {
    throw new TypeError(`Cannot wait for the job of "${request.resource}": it has no ExecutionArn`);
  }
  const stop = (): void =>
    nested.stop(
      executionArn,
      undefined,
      `The Task state in AWS Step Functions execution [${parentArn}] which was managing this resource was aborted`,
    );
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  const ended = await nested.ended(executionArn);
  signal.removeEventListener('abort', stop);
  return toResult(ended, request.resource.endsWith(':2'));
}

function toResult(execution: StoredExecution, asValues: boolean): TaskResult {
  const stopDate = new Date(execution.summary.stoppedAt ?? execution.header.startDate);
  const described = toJsonOutput(DESCRIBE_EXECUTION, describeExecution(execution, stopDate));
  const members = Object.entries(isJsonObject(described) ? described : {});
  // AWS writes the members in the order of the alphabet.
  const sorted: JsonObject = Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
  const output = asValues ? withValues(sorted) : sorted;
  return execution.summary.status === 'SUCCEEDED'
    ? { kind: 'succeeded', output }
    : { kind: 'failed', error: 'States.TaskFailed', cause: jsonText(output) };
}

/** `.sync:2` has the input and the output as JSON, `.sync` as its text. */
function withValues(described: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(described).map(([name, value]): [string, Json] => [
      name,
      typeof value === 'string' && (name === 'Input' || name === 'Output')
        ? ownPayload(value)
        : value,
    ]),
  );
}
