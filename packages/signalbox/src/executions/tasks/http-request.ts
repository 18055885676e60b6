import { jsonText } from '../../core/exact-json/exact-number.ts';
import type { HttpRequest } from '../../core/http-call.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { writeForm } from './http-form.ts';

/** The Parameters of an HTTP Task, read. */
export interface HttpTaskRequest {
  readonly request: HttpRequest;
  readonly connectionArn: string;
}

const METHODS: ReadonlySet<string> = new Set([
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
]);

/** Reads the Parameters of an HTTP Task; returns a text where they are refused. */
export function readHttpRequest(parameters: JsonObject): HttpTaskRequest | string {
  const { ApiEndpoint: endpoint, Method: method } = parameters;
  const holder = parameters['Authentication'] ?? parameters['InvocationConfig'];
  const connectionArn = isJsonObject(holder) ? holder['ConnectionArn'] : undefined;
  if (typeof connectionArn !== 'string') return 'The field ConnectionArn is required';
  if (typeof method !== 'string' || !METHODS.has(method)) {
    return `Invalid Method: ${String(method)}`;
  }
  const url = typeof endpoint === 'string' && URL.canParse(endpoint) && new URL(endpoint);
  if (url === false) return `Invalid ApiEndpoint: ${String(endpoint)}`;
  if (url.protocol !== 'https:' && !isLoopback(url)) return 'The ApiEndpoint must use HTTPS';
  addQuery(url, parameters['QueryParameters']);
  return { request: { method, url: url.href, ...contentOf(parameters) }, connectionArn };
}

/** The sandbox that a rehearsal stands in speaks plain HTTP. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

function addQuery(url: URL, parameters: Json | undefined): void {
  for (const [name, value] of entriesOf(parameters)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      url.searchParams.append(name, textOf(item));
    }
  }
}

function contentOf(parameters: JsonObject): Pick<HttpRequest, 'headers' | 'body'> {
  const { Transform: transform = {}, RequestBody: body, Headers: given } = parameters;
  const isForm = isJsonObject(transform) && transform['RequestBodyEncoding'] === 'URL_ENCODED';
  const own = entriesOf(given).map(([name, value]) => [name.toLowerCase(), textOf(value)]);
  const agent = { 'user-agent': 'Amazon|StepFunctions|HttpInvoke' };
  if (body === undefined) {
    return { headers: { ...agent, ...Object.fromEntries(own) }, body: undefined };
  }
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    headers: { ...agent, 'content-type': type, ...Object.fromEntries(own) },
    body: isForm ? writeForm(body, transform) : textOf(body),
  };
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : jsonText(value);
}
