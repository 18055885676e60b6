import type { Json } from '../../packages/signalbox/src/core/json.ts';
import type { TaskAnswer } from '../../packages/signalbox/src/states-language/ports.ts';

/** What a task of a model answers that ended well. */
export function succeeded(output: Json): TaskAnswer {
  return { kind: 'succeeded', output };
}

/** What `lambda:invoke` answers. */
export function lambda(payload: Json): TaskAnswer {
  return succeeded({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: payload });
}

/** What a function that throws answers. */
export function failed(error: string | undefined): TaskAnswer {
  const cause = JSON.stringify({ errorType: error, errorMessage: 'It went wrong', trace: [] });
  return { kind: 'failed', error, cause };
}
