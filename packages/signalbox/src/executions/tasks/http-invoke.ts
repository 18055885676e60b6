import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject, parsePayload } from '../../core/json.ts';
import type { Caller, ServiceCall } from '../../core/service.ts';
import type { TaskFailure, TaskResult } from '../../states-language/ports.ts';
import { type HttpRequest, readHttpRequest } from './http-request.ts';

/** The response of the server. */
export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** Sends a request; rejects when there is no response. */
export type HttpCall = (request: HttpRequest) => Promise<HttpResponse>;

/** The services that an HTTP Task is run with. */
export interface HttpContext {
  readonly send: HttpCall | undefined;
  readonly call: ServiceCall;
  readonly caller: Caller;
}

/** Calls an HTTP API, with the credentials of its connection. AWS: "Call HTTPS APIs in workflows". */
export async function invokeHttp(
  parameters: JsonObject,
  context: HttpContext,
): Promise<TaskResult> {
  if (context.send === undefined) {
    return failed('States.Runtime', 'The rehearsal was not given a way to call HTTP APIs');
  }
  const read = readHttpRequest(parameters);
  if (typeof read === 'string') return failed('States.Runtime', read);
  const credentials = await credentialsOf(read.connectionArn, context);
  if ('error' in credentials) return failed(credentials.error, credentials.cause);
  try {
    const headers = { ...read.request.headers, ...credentials.headers };
    return resultOf(await context.send({ ...read.request, headers }));
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

type Credentials =
  | { readonly headers: Readonly<Record<string, string>> }
  | { readonly error: string; readonly cause: string };

/** AWS keeps a connection's credentials in a secret of its name: an API key, or a name and a password. */
async function credentialsOf(connectionArn: string, context: HttpContext): Promise<Credentials> {
  const id = /^arn:[^:]+:events:[^:]+:\d+:connection\/(.+)$/.exec(connectionArn)?.[1];
  const missing = {
    error: 'Events.ConnectionResource.NotFound',
    cause: `The connection ${connectionArn} does not exist. The rehearsal looks for its secret, events!connection/${id ?? ''}`,
  };
  if (id === undefined) return missing;
  const input = { SecretId: `events!connection/${id}` };
  try {
    const found = await context.call('secretsmanager', 'GetSecretValue', input, context.caller);
    const { SecretString: text } = { SecretString: undefined, ...found };
    return credentialsIn(parsed(typeof text === 'string' ? text : ''), connectionArn);
  } catch (error) {
    if (error instanceof AwsError) return missing;
    throw error;
  }
}

function credentialsIn(secret: Json, connectionArn: string): Credentials {
  const {
    username,
    password,
    api_key_name: name,
    api_key_value: value,
  } = isJsonObject(secret) ? secret : {};
  if (typeof name === 'string' && typeof value === 'string') {
    return { headers: { [name.toLowerCase()]: value } };
  }
  if (typeof username === 'string' && typeof password === 'string') {
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    return { headers: { authorization: `Basic ${basic}` } };
  }
  return {
    error: 'Events.ConnectionResource.InvalidConnectionState',
    cause: `The rehearsal knows connections of API keys and Basic authorization alone: ${connectionArn}`,
  };
}

function failed(error: string, cause: string): TaskFailure {
  return { kind: 'failed', error, cause };
}
