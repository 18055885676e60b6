import { randomUUID } from 'node:crypto';
import { AwsError } from '../../core/aws-error.ts';
import { nextTurn } from '../../core/next-turn.ts';
import type { Principals } from '../principals.ts';
import { type Registry, unknownOperation } from '../registry.ts';
import { checkInput, serializationError } from './check-input.ts';
import { claimedScope, credentialScopeOf } from './credential-scope.ts';
import { errorShapeOf } from './error-shape.ts';
import type { Protocol } from './protocol.ts';
import { selectProtocol } from './select-protocol.ts';
import { loadModel, type ServiceModel } from './service-model.ts';
import { unpackBody } from './unpack-body.ts';
import { headerOf, type WireRequest, type WireResponse } from './wire-message.ts';

/** The services and identities that AWS requests are handled with. */
export interface HandleRequestOptions {
  readonly registry: Pick<Registry, 'call' | 'services'>;
  readonly principals: Pick<Principals, 'callerOf'>;
  /** Takes a bug of the endpoint's own; those of actions go to the registry's. */
  readonly onBug: (bug: unknown) => void;
}

/** Handles any AWS API request in the protocol that it speaks; it never throws. */
export async function handleRequest(
  request: WireRequest,
  options: HandleRequestOptions,
): Promise<WireResponse> {
  const exchange = newExchange(request);
  try {
    return await handle(exchange, options);
  } catch (error) {
    if (error instanceof AwsError) return refuse(exchange, error);
    options.onBug(error);
    return refuse(exchange, internalFailure());
  }
}

/** Writes a refusal that came up before the request could be read whole. */
export function refuseRequest(request: WireRequest, error: AwsError): WireResponse {
  return refuse(newExchange(request), error);
}

/** One request on its way; what it speaks is known for certain once its service is. */
interface Exchange {
  request: WireRequest;
  readonly requestId: string;
  protocol: Protocol;
  model: ServiceModel | undefined;
}

const LONG_BODY_BYTES = 256 * 1024;

// Services that write errors in XML even where they are not served here.
const REST_XML_SERVICES: ReadonlySet<string> = new Set(['s3', 'route53', 'cloudfront']);

function newExchange(request: WireRequest): Exchange {
  const protocol = selectProtocol(request, restOf(claimedScope(request)?.service));
  return { request, requestId: randomUUID(), protocol, model: undefined };
}

function restOf(service: string | undefined): 'json' | 'xml' {
  return service !== undefined && REST_XML_SERVICES.has(service) ? 'xml' : 'json';
}

async function handle(exchange: Exchange, options: HandleRequestOptions): Promise<WireResponse> {
  const { requestId } = exchange;
  const { services, call } = options.registry;
  const { service: signingName, accessKeyId, region } = credentialScopeOf(exchange.request);
  const name = serviceNameOf(signingName, exchange.request);
  const service = services.get(name);
  const model = service === undefined ? undefined : await loadModel(service.client);
  const request = await unpackBody(exchange.request, model, name);
  const protocol = selectProtocol(request, model?.rest ?? restOf(name));
  Object.assign(exchange, { request, model, protocol });

  const target = decoding(() => protocol.target(request, model));
  const operation = model?.operations.get(target.operation ?? '');
  if (model === undefined || operation === undefined) {
    throw unknownOperation(services, name, target.wish);
  }
  const input = decoding(() => {
    const decoded = protocol.decode(request, operation, target, model);
    checkInput(operation.input, decoded);
    return decoded;
  });
  // To read a long body took a while, and to work with it takes as long again.
  if (request.body.length > LONG_BODY_BYTES) await nextTurn();
  const traceHeader = headerOf(request, 'x-amzn-trace-id');
  const caller = {
    ...options.principals.callerOf(accessKeyId),
    ...(traceHeader !== undefined && { traceHeader }),
    ...(region !== undefined && { region }),
    ...(service?.longPolls?.includes(operation.name) === true && { signal: request.hungUp }),
  };
  const output = await calling(call(name, operation.name, input, caller));
  return withRequestId(protocol.encode(output, operation, model, requestId), requestId);
}

/** Two services may share a signing name; then the target tells them apart. */
function serviceNameOf(signingName: string, request: WireRequest): string {
  const isOfStreams = headerOf(request, 'x-amz-target')?.startsWith('DynamoDBStreams_');
  return signingName === 'dynamodb' && isOfStreams ? 'dynamodbstreams' : signingName;
}

// Whatever the SDK's codecs throw at a body, the body is to blame.
function decoding<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw error instanceof AwsError ? error : serializationError('Could not parse the request');
  }
}

// The registry has reported a bug of an action's already.
async function calling<T>(called: Promise<T>): Promise<T> {
  try {
    return await called;
  } catch (error) {
    throw error instanceof AwsError ? error : internalFailure();
  }
}

function internalFailure(): AwsError {
  return new AwsError(
    'InternalFailure',
    'The request processing has failed because of an unknown error, exception or failure.',
  );
}

function refuse({ request, requestId, protocol, model }: Exchange, error: AwsError): WireResponse {
  const shape = errorShapeOf(error, model);
  const response = protocol.encodeError(shape, request, model, requestId);
  const headers = { ...response.headers, ...error.headers };
  return withRequestId({ ...response, headers }, requestId);
}

function withRequestId(response: WireResponse, requestId: string): WireResponse {
  return { ...response, headers: { 'x-amzn-requestid': requestId, ...response.headers } };
}
