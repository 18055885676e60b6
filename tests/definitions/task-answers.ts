import type { Json } from '../../packages/signalbox/src/core/json.ts';
import type { TaskResult } from '../../packages/signalbox/src/states-language/task-result.ts';

/** The result of a model's task that ended well. */
export function succeeded(output: Json): TaskResult {
  return { kind: 'succeeded', output };
}

/** The result of `lambda:invoke`. */
export function lambda(payload: Json): TaskResult {
  return succeeded({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: payload });
}

/** The result of a function that throws. */
export function failed(error: string | undefined): TaskResult {
  const cause = JSON.stringify({ errorType: error, errorMessage: 'It went wrong', trace: [] });
  return { kind: 'failed', error, cause };
}
