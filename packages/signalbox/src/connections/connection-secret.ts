import type { UpdateConnectionAuthRequestParameters } from '@aws-sdk/client-eventbridge';
import type { HttpPair } from '../core/connection-credentials.ts';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';

/** The name of the secret that holds a connection's credentials, by `<name>/<id>` of its ARN. */
export function secretNameOf(connectionId: string): string {
  return `events!connection/${connectionId}`;
}

/**
 * Writes the credentials of a connection as the secret that EventBridge keeps for it (EventBridge User
 * Guide, "Connections": the secret is the service's own, and its form with it).
 */
export function secretOf(given: UpdateConnectionAuthRequestParameters): JsonObject {
  const { ApiKeyAuthParameters: key, BasicAuthParameters: basic, OAuthParameters: oauth } = given;
  const always = given.InvocationHttpParameters;
  return {
    ...(key && { api_key_name: key.ApiKeyName ?? '', api_key_value: key.ApiKeyValue ?? '' }),
    ...(basic && { username: basic.Username ?? '', password: basic.Password ?? '' }),
    ...(oauth && {
      client_id: oauth.ClientParameters?.ClientID ?? '',
      client_secret: oauth.ClientParameters?.ClientSecret ?? '',
      authorization_endpoint: oauth.AuthorizationEndpoint ?? '',
      http_method: oauth.HttpMethod ?? 'POST',
      oauth_http_parameters: parametersOf(oauth.OAuthHttpParameters),
    }),
    invocation_http_parameters: parametersOf(always),
  };
}

type GivenParameters = UpdateConnectionAuthRequestParameters['InvocationHttpParameters'];

function parametersOf(given: GivenParameters): JsonObject {
  const pairs = (list: readonly { Key?: string | undefined; Value?: string | undefined }[] = []) =>
    list.map(({ Key: key = '', Value: value = '' }) => ({ key, value }));
  return {
    header_parameters: pairs(given?.HeaderParameters),
    query_string_parameters: pairs(given?.QueryStringParameters),
    body_parameters: pairs(given?.BodyParameters),
  };
}

/** The parameters of HTTP in a secret, by where they go. */
export interface SecretParameters {
  readonly headers: readonly HttpPair[];
  readonly query: readonly HttpPair[];
  readonly body: readonly HttpPair[];
}

/** Reads `invocation_http_parameters` or `oauth_http_parameters` of a secret; absent ones are none. */
export function readParameters(value: Json | undefined): SecretParameters {
  const given = isJsonObject(value) ? value : {};
  return {
    headers: pairsIn(given['header_parameters']),
    query: pairsIn(given['query_string_parameters']),
    body: pairsIn(given['body_parameters']),
  };
}

function pairsIn(value: Json | undefined): readonly HttpPair[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    const { key, value: text } = isJsonObject(one) ? one : {};
    return typeof key === 'string' && typeof text === 'string' ? [[key, text] as const] : [];
  });
}
