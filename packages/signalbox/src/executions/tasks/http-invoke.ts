import {
  addCredentials,
  ConnectionUnusable,
  type FindCredentials,
} from '../../core/connection-credentials.ts';
import type { HttpCall, HttpRequest, HttpResponse } from '../../core/http-call.ts';
import { type Json, type JsonObject, parsePayload } from '../../core/json.ts';
import type { Caller } from '../../core/service.ts';
import type { TaskFailure, TaskResult } from '../../states-language/task-result.ts';
import { readHttpRequest } from './http-request.ts';

/** The way out of an HTTP Task. */
export interface HttpOut {
  readonly send: HttpCall;
  readonly credentialsOf: FindCredentials;
}

/** Calls an HTTP API, with the credentials of its connection. AWS: "Call HTTPS APIs in workflows". */
export async function invokeHttp(
  parameters: JsonObject,
  out: HttpOut | undefined,
  caller: Caller,
): Promise<TaskResult> {
  if (out === undefined) {
    return failed('States.Runtime', 'The rehearsal was not given a way to call HTTP APIs');
  }
  const read = readHttpRequest(parameters);
  if (typeof read === 'string') return failed('States.Runtime', read);
  try {
    const credentials = await out.credentialsOf(read.connectionArn, caller);
    return await sent(out.send, addCredentials(read.request, credentials));
  } catch (error) {
    if (error instanceof ConnectionUnusable) return failed(error.error, error.message);
    throw error;
  }
}

/** Sends a request; what keeps it from an answer is the task's failure. */
async function sent(send: HttpCall, request: HttpRequest): Promise<TaskResult> {
  try {
    return resultOf(await send(request));
  } catch (error) {
    return failed('States.Http.Socket', error instanceof Error ? error.message : String(error));
  }
}

function resultOf({ status, statusText, headers, body }: HttpResponse): TaskResult {
  if (status >= 400) return failed(`States.Http.StatusCode.${status}`, body);
  const output: JsonObject = {
    Headers: Object.fromEntries(Object.entries(headers).map(([name, all]) => [name, [...all]])),
    ResponseBody: parsed(body),
    StatusCode: status,
    StatusText: statusText,
  };
  return { kind: 'succeeded', output };
}

function parsed(body: string): Json {
  const value = parsePayload(body);
  return value === undefined ? body : value;
}

function failed(error: string, cause: string): TaskFailure {
  return { kind: 'failed', error, cause };
}
