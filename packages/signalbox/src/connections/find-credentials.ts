import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import {
  type ConnectionCredentials,
  ConnectionUnusable,
  type FindCredentials,
} from '../core/connection-credentials.ts';
import type { HttpCall } from '../core/http-call.ts';
import { isJsonObject, type JsonObject, parseJson } from '../core/json.ts';
import type { Caller, ServiceCall } from '../core/service.ts';
import { readParameters, secretNameOf } from './connection-secret.ts';
import { fetchToken, type Token } from './oauth-token.ts';

/** The services and the time that credentials are found with. */
export interface CredentialsOptions {
  readonly call: ServiceCall;
  readonly send: HttpCall;
  readonly clock: Pick<Clock, 'now'>;
}

/** Makes what finds the credentials of a connection in its secret; tokens are kept until they end. */
export function createFindCredentials({ call, send, clock }: CredentialsOptions): FindCredentials {
  const tokens = new Map<string, Token>();

  async function authorizationOf(secretText: string, secret: JsonObject): Promise<string> {
    const nowMs = clock.now().getTime();
    const kept = tokens.get(secretText);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.authorization;
    const token = await fetchToken(secret, send, nowMs);
    tokens.set(secretText, token);
    return token.authorization;
  }

  return async (connectionArn, caller) => {
    const text = await secretTextOf(connectionArn, call, caller);
    const parsed = parseJson(text);
    const secret = isJsonObject(parsed) ? parsed : {};
    const { headers, query, body } = readParameters(secret['invocation_http_parameters']);
    const own = await ownHeaders(secret, connectionArn, () => authorizationOf(text, secret));
    const always = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
    const found = { headers: { ...always, ...own }, query, body };
    return tokens.has(text) ? { ...found, forget: () => void tokens.delete(text) } : found;
  };
}

async function secretTextOf(
  connectionArn: string,
  call: ServiceCall,
  caller: Caller,
): Promise<string> {
  const [, , , region, , resource = ''] = connectionArn.split(':');
  const id = /^connection\/(.+)$/.exec(resource)?.[1];
  const missing = new ConnectionUnusable(
    'Events.ConnectionResource.NotFound',
    `The connection ${connectionArn} does not exist. The rehearsal looks for its secret, ${secretNameOf(id ?? '')}`,
  );
  if (id === undefined) throw missing;
  try {
    const input = { SecretId: secretNameOf(id) };
    const found = await call('secretsmanager', 'GetSecretValue', input, { ...caller, region });
    const { SecretString: text } = { SecretString: undefined, ...found };
    return typeof text === 'string' ? text : '';
  } catch (error) {
    throw error instanceof AwsError ? missing : error;
  }
}

async function ownHeaders(
  secret: JsonObject,
  connectionArn: string,
  authorization: () => Promise<string>,
): Promise<ConnectionCredentials['headers']> {
  const { username, password, api_key_name: name, api_key_value: value } = secret;
  if (typeof name === 'string' && typeof value === 'string') return { [name.toLowerCase()]: value };
  if (typeof username === 'string' && typeof password === 'string') {
    return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  }
  if (typeof secret['client_id'] === 'string') return { authorization: await authorization() };
  throw new ConnectionUnusable(
    'Events.ConnectionResource.InvalidConnectionState',
    `The connection ${connectionArn} has no credentials: it was deauthorized, or its secret was changed`,
  );
}
