import { ConnectionUnusable } from '../core/connection-credentials.ts';
import type { HttpCall } from '../core/http-call.ts';
import { isJsonObject, type JsonObject, parseJson } from '../core/json.ts';
import { readParameters } from './connection-secret.ts';

/** A token before its end. */
export interface Token {
  readonly authorization: string;
  /** Unix milliseconds after which it is asked for anew. */
  readonly untilMs: number;
}

/** Without `expires_in` a token is taken to last so long. */
const DEFAULT_SECONDS = 3_600;

/**
 * Asks an authorization server for a token with the client credentials of a connection's secret
 * (RFC 6749, section 4.4).
 * @throws {ConnectionUnusable} Where it gives none.
 */
export async function fetchToken(
  secret: JsonObject,
  send: HttpCall,
  nowMs: number,
): Promise<Token> {
  const response = await answered(secret, send);
  const { access_token: token, expires_in: seconds } = response;
  if (typeof token !== 'string') throw unauthorized('its answer has no access_token');
  const lasts = typeof seconds === 'number' ? seconds : DEFAULT_SECONDS;
  return { authorization: `Bearer ${token}`, untilMs: nowMs + lasts * 1_000 };
}

async function answered(secret: JsonObject, send: HttpCall): Promise<JsonObject> {
  const {
    authorization_endpoint: endpoint,
    http_method: method,
    client_id: id,
    client_secret: key,
  } = secret;
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) {
    throw unauthorized(`its AuthorizationEndpoint is no URL: ${String(endpoint)}`);
  }
  const { headers, query, body } = readParameters(secret['oauth_http_parameters']);
  const form = new URLSearchParams([
    ['grant_type', 'client_credentials'],
    ['client_id', String(id)],
    ['client_secret', String(key)],
    ...body.map(([name, value]): [string, string] => [name, value]),
  ]);
  const url = new URL(endpoint);
  for (const [name, value] of query) url.searchParams.append(name, value);
  const isGet = method === 'GET';
  if (isGet) for (const [name, value] of form) url.searchParams.append(name, value);
  try {
    const { status, body: text } = await send({
      method: String(method),
      url: url.href,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      },
      body: isGet ? undefined : form.toString(),
      staysHere: true,
    });
    if (status >= 300) throw unauthorized(`it answers ${status}`);
    const parsed = parseJson(text);
    return isJsonObject(parsed) ? parsed : {};
  } catch (error) {
    if (error instanceof ConnectionUnusable) throw error;
    throw unauthorized(error instanceof Error ? error.message : String(error));
  }
}

function unauthorized(reason: string): ConnectionUnusable {
  return new ConnectionUnusable(
    'Events.ConnectionResource.AccessDenied',
    `The authorization server of the connection gives no token: ${reason}`,
  );
}
