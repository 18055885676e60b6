import { type Json, parseJson } from '../core/json.ts';
import type { Caller, ServiceCall } from '../core/service.ts';

/** The call path of API Gateway, and as whom it calls. */
export interface InvokeOptions {
  readonly call: ServiceCall;
  readonly caller: Caller;
}

/** What a function gave. */
export interface Invoked {
  /** Its result, or the report of its error; null where it gave none or what is no JSON. */
  readonly response: Json;
  /** Whether the function failed. */
  readonly isFailed: boolean;
}

/** The part of Lambda's Invoke output that is read. */
interface InvokeOutput {
  readonly FunctionError?: string;
  readonly Payload?: Uint8Array;
}

/**
 * Invokes a function for API Gateway and waits for its result.
 * @throws {AwsError} Lambda's own refusal, such as `TooManyRequestsException`.
 */
export async function invokeFunction(
  FunctionName: string,
  event: Json,
  { call, caller }: InvokeOptions,
): Promise<Invoked> {
  const Payload = Buffer.from(JSON.stringify(event));
  const input = { FunctionName, InvocationType: 'RequestResponse', Payload };
  const output: InvokeOutput = await call('lambda', 'Invoke', input, caller);
  const response = parseJson(Buffer.from(output.Payload ?? []).toString()) ?? null;
  return { response, isFailed: output.FunctionError !== undefined };
}
