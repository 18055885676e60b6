import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** A response that API Gateway sends. */
export interface HttpApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string | Buffer;
}

/** Makes a response of API Gateway's own, such as `{"message":"Not Found"}`. */
export function gatewayMessage(status: number, message: string): HttpApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: JSON.stringify({ message }),
  };
}

/**
 * Reads a function's response as API Gateway does for payload format 2.0: without a `statusCode`
 * the whole response is the body of a 200; a response that does not fit is an Internal Server Error.
 */
export function toHttpApiResponse(response: Json): HttpApiResponse {
  if (!isJsonObject(response) || response['statusCode'] === undefined) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      cookies: [],
      body: typeof response === 'string' ? response : JSON.stringify(response),
    };
  }
  return formattedResponse(response) ?? gatewayMessage(500, 'Internal Server Error');
}

function formattedResponse(response: JsonObject): HttpApiResponse | undefined {
  const status = statusOf(response['statusCode']);
  const headers = headersOf(response['headers'] ?? {});
  const cookies = cookiesOf(response['cookies'] ?? []);
  const body = response['body'] ?? '';
  if (status === undefined || headers === undefined || cookies === undefined) return undefined;
  if (typeof body !== 'string') return undefined;
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    cookies,
    body: response['isBase64Encoded'] === true ? Buffer.from(body, 'base64') : body,
  };
}

// AWS takes a status that is written as a text too.
function statusOf(value: Json | undefined): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  const isStatus = typeof status === 'number' && Number.isInteger(status);
  return isStatus && status >= 100 && status <= 599 ? status : undefined;
}

// The characters of a header's name and value in HTTP (RFC 9110, section 5).
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function headersOf(value: Json): Record<string, string> | undefined {
  if (!isJsonObject(value)) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, item] of Object.entries(value)) {
    if (item === null || typeof item === 'object') return undefined;
    if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(String(item))) return undefined;
    headers[name.toLowerCase()] = String(item);
  }
  return headers;
}

function cookiesOf(value: Json): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const cookies = value.filter((item) => typeof item === 'string' && HEADER_VALUE.test(item));
  return cookies.length === value.length ? cookies : undefined;
}
