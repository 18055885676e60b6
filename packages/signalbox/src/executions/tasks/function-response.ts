import { isJsonObject, type Json, parsePayload } from '../../core/json.ts';
import type { TaskResult } from '../../states-language/task-result.ts';

/** The response of Lambda's Invoke. */
export interface InvokeOutput {
  readonly StatusCode?: number;
  readonly Payload?: Uint8Array;
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
  readonly LogResult?: string;
}

/** Reads a function's response: its payload, or the failure that the function threw. */
export function readFunctionResponse(output: InvokeOutput): TaskResult {
  const text = new TextDecoder().decode(output.Payload);
  const payload = payloadOf(text);
  if (output.FunctionError === undefined) return { kind: 'succeeded', output: payload };
  const errorType = isJsonObject(payload) ? payload['errorType'] : undefined;
  if (typeof errorType === 'string') return { kind: 'failed', error: errorType, cause: text };
  // A function that ends without throwing, by a time-out or out of memory, has no error type.
  return {
    kind: 'failed',
    error: 'Lambda.Unknown',
    cause: `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
  };
}

/** A payload is JSON, but for functions that return bytes of their own. */
function payloadOf(text: string): Json {
  const value = text === '' ? null : parsePayload(text);
  return value === undefined ? text : value;
}
