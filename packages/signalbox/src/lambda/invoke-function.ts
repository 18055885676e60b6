import { randomUUID } from 'node:crypto';
import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import { AwsError } from '../core/aws-error.ts';
import { parseJson } from '../core/json.ts';
import { jsonFault } from '../core/json-text/json-fault.ts';
import type { FunctionResource } from '../template/app.ts';
import type { AsyncInvocations } from './async/async-invocations.ts';
import { type FunctionDirectory, findFunction } from './function-name.ts';
import type { LambdaHost } from './host.ts';
import type { Invocation } from './run-invocation.ts';

/** The parts of Lambda that Invoke uses. */
export interface InvokeFunctionOptions extends FunctionDirectory {
  readonly host: Pick<LambdaHost, 'invoke'>;
  readonly asyncInvocations: AsyncInvocations;
}

const SYNCHRONOUS_LIMIT_BYTES = 6_291_456;
const EVENT_LIMIT_BYTES = 1_048_576;

/**
 * Invokes a function: at once, later, or not at all (Lambda API Reference, Invoke).
 * @throws {AwsError} When Lambda refuses; a function that fails is a response with FunctionError.
 */
export async function invokeFunction(
  options: InvokeFunctionOptions,
  request: InvocationRequest,
  traceHeader: string | undefined,
): Promise<InvocationResponse> {
  const { InvocationType: type = 'RequestResponse', DurableExecutionName, TenantId } = request;
  const resource = findFunction(options, request.FunctionName, request.Qualifier, {
    // Recorded in November 2025: Invoke names the version that it did not find.
    unqualified: '$LATEST',
  });
  if (DurableExecutionName !== undefined) throw notServed('DurableExecutionName');
  if (TenantId !== undefined) throw notServed('TenantId');
  const payload = checkPayload(request.Payload, type);
  switch (type) {
    case 'DryRun':
      return { StatusCode: 204 };
    case 'Event':
      options.asyncInvocations.accept(resource, payload, { requestId: randomUUID(), traceHeader });
      return { StatusCode: 202, Payload: new Uint8Array() };
    case 'RequestResponse':
      return await invokeNow(options, resource, request, { payload, traceHeader });
    default:
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value '${String(type)}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
      );
  }
}

async function invokeNow(
  { host }: InvokeFunctionOptions,
  resource: FunctionResource,
  { ClientContext, LogType }: InvocationRequest,
  { payload, traceHeader }: Pick<Invocation, 'payload' | 'traceHeader'>,
): Promise<InvocationResponse> {
  const clientContext = decodeClientContext(ClientContext);
  const response = await host.invoke(resource.name, payload, {
    ...(clientContext !== undefined && { clientContext }),
    ...(traceHeader !== undefined && { traceHeader }),
  });
  return {
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    Payload: response.payload,
    ...(response.functionError && { FunctionError: response.functionError }),
    ...(LogType === 'Tail' && { LogResult: Buffer.from(response.logTail).toString('base64') }),
  };
}

/** AWS: no payload at all reaches the function as an empty object. */
function checkPayload(payload: Uint8Array | undefined, type: string): Uint8Array {
  if (payload === undefined || payload.length === 0) return new TextEncoder().encode('{}');
  const limit = type === 'Event' ? EVENT_LIMIT_BYTES : SYNCHRONOUS_LIMIT_BYTES;
  if (payload.length > limit) {
    // AWS: not under the name of the API's model, RequestTooLargeException (aws/aws-sdk issue 45).
    const message =
      type === 'Event'
        ? `${payload.length} byte payload is too large for the Event invocation type (limit ${limit} bytes)`
        : `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
    throw new AwsError('RequestEntityTooLargeException', message, { Type: 'User' });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    if (parseJson(text) === undefined) throwFault(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidContent(
      `Could not parse request body into json: Could not parse payload into json: ${reason}`,
    );
  }
  return payload;
}

/** Throws the parser's own error, or that of a text which is too deep. */
function throwFault(text: string): never {
  JSON.parse(text);
  throw new SyntaxError(jsonFault(text)?.message);
}

function decodeClientContext(clientContext: string | undefined): string | undefined {
  if (clientContext === undefined) return undefined;
  const text = Buffer.from(clientContext, 'base64').toString('utf8');
  if (parseJson(text) === undefined) {
    throw invalidContent('Client context must be a valid Base64-encoded JSON object.');
  }
  return text;
}

function invalidContent(message: string): AwsError {
  return new AwsError('InvalidRequestContentException', message, { Type: 'User' });
}

function notServed(member: string): AwsError {
  const message = `The rehearsal does not serve the member ${member} of Invoke`;
  return new AwsError('InvalidParameterValueException', message, { Type: 'User' });
}
