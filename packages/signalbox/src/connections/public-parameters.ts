import type {
  ConnectionAuthResponseParameters,
  ConnectionHttpParameters,
  UpdateConnectionAuthRequestParameters,
} from '@aws-sdk/client-eventbridge';

/** The parameters of a connection as DescribeConnection shows them: without what is secret. */
export function publicParameters({
  ApiKeyAuthParameters: key,
  BasicAuthParameters: basic,
  OAuthParameters: oauth,
  InvocationHttpParameters: always,
}: UpdateConnectionAuthRequestParameters): ConnectionAuthResponseParameters {
  return {
    ...(key && { ApiKeyAuthParameters: { ApiKeyName: key.ApiKeyName } }),
    ...(basic && { BasicAuthParameters: { Username: basic.Username } }),
    ...(oauth && {
      OAuthParameters: {
        ClientParameters: { ClientID: oauth.ClientParameters?.ClientID },
        AuthorizationEndpoint: oauth.AuthorizationEndpoint,
        HttpMethod: oauth.HttpMethod,
        ...shown('OAuthHttpParameters', oauth.OAuthHttpParameters),
      },
    }),
    ...shown('InvocationHttpParameters', always),
  };
}

function shown(
  name: 'OAuthHttpParameters' | 'InvocationHttpParameters',
  given: ConnectionHttpParameters | undefined,
): Readonly<Record<string, ConnectionHttpParameters>> {
  if (given === undefined) return {};
  const { HeaderParameters, QueryStringParameters, BodyParameters } = given;
  return {
    [name]: {
      ...(HeaderParameters && { HeaderParameters: HeaderParameters.map(withoutSecret) }),
      ...(QueryStringParameters && {
        QueryStringParameters: QueryStringParameters.map(withoutSecret),
      }),
      ...(BodyParameters && { BodyParameters: BodyParameters.map(withoutSecret) }),
    },
  };
}

interface Parameter {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
  readonly IsValueSecret?: boolean | undefined;
}

function withoutSecret({ Key, Value, IsValueSecret = false }: Parameter): Parameter {
  return IsValueSecret ? { Key, IsValueSecret } : { Key, Value, IsValueSecret };
}
