import { isJsonObject, type Json, parseJson } from '../../core/json.ts';
import type { TaskAnswer } from '../../states-language/ports.ts';

/** What the Lambda service's Invoke answers. */
export interface InvokeOutput {
  readonly StatusCode?: number;
  readonly Payload?: Uint8Array;
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
  readonly LogResult?: string;
}

/** Reads a function's answer: its payload, or the failure that the function threw. */
export function readFunctionAnswer(output: InvokeOutput): TaskAnswer {
  const text = new TextDecoder().decode(output.Payload);
  const payload = parsePayload(text);
  if (output.FunctionError === undefined) return { kind: 'succeeded', output: payload };
  const errorType = isJsonObject(payload) ? payload['errorType'] : undefined;
  if (typeof errorType === 'string') return { kind: 'failed', error: errorType, cause: text };
  // What ends without throwing, by a time-out or out of memory, has no error type.
  return {
    kind: 'failed',
    error: 'Lambda.Unknown',
    cause: `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
  };
}

/** A payload is JSON, but for functions that answer in bytes of their own. */
function parsePayload(text: string): Json {
  const value = text === '' ? null : parseJson(text);
  return value === undefined ? text : value;
}
