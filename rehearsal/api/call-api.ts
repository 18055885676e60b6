import { Sha256 } from '@aws-crypto/sha256-js';
import { STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { physicalId, type StackPlace, UserError } from 'signalbox';

/** A request to one of the stack's HTTP APIs. */
export interface ApiRequest {
  /** The API's logical id. */
  readonly api: 'OrdersApi' | 'OperationsApi' | 'FailoversApi';
  readonly method: 'GET' | 'POST' | 'PUT';
  /** The path, each part of it encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** The API's response with its JSON as it was read. */
export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Calls an HTTP API of a stack, signed with the credentials of its place.
 * @throws {UserError} When the stack has no such API, or it answers no JSON.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function callApi(place: StackPlace, request: ApiRequest): Promise<ApiResponse> {
  const { method, query = {}, body } = request;
  const config = new STSClient(place.client).config;
  const region = await config.region();
  const url = new URL(await urlOf(place, request, region));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const signer = new SignatureV4({
    credentials: config.credentials,
    region,
    service: 'execute-api',
    sha256: Sha256,
  });
  const text = body === undefined ? undefined : JSON.stringify(body);
  const { headers } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: { ...query },
    headers: {
      host: url.host,
      ...(text && { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(text !== undefined && { body: text }),
  });
  const response = await fetch(url, { method, headers, ...(text !== undefined && { body: text }) });
  return { status: response.status, body: jsonOf(await response.text(), `${method} ${url}`) };
}

async function urlOf(
  place: StackPlace,
  { api, path }: ApiRequest,
  region: string,
): Promise<string> {
  const id = await physicalId(place, 'AWS::ApiGatewayV2::Api', api);
  return place.endpoint === undefined
    ? `https://${id}.execute-api.${region}.${suffixOf(region)}${path}`
    : `${place.endpoint}/_aws/execute-api/${id}${path}`;
}

/** AWS: the partitions of China have a suffix of their own. */
function suffixOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

function jsonOf(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError('invalid', `${what} answered no JSON: ${text.slice(0, 200)}`);
  }
}
