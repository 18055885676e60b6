import { AwsError } from '../../core/aws-error.ts';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { ServiceCall } from '../../core/service.ts';
import type { TaskRequest } from '../../states-language/ports.ts';
import { parseTaskResource } from '../../states-language/task/resource.ts';
import type { TaskFailure, TaskResult } from '../../states-language/task-result.ts';
import { readFunctionResponse } from './function-response.ts';
import { type HttpOut, invokeHttp } from './http-invoke.ts';
import { httpMetadata } from './http-metadata.ts';
import { findIntegration, type Integration, isHttpTask, LAMBDA_INVOKE } from './integrations.ts';
import { toJsonOutput } from './json-output.ts';
import { toSdkInput } from './sdk-input.ts';
import type { SdkAction, SdkModels } from './sdk-shape.ts';
import { fromModelOutput, UnknownMember } from './sdk-values.ts';
import { toTaskFailure } from './task-failure.ts';
import { wireBody } from './wire-body.ts';

/** The services that tasks are run with. */
export interface TaskContext {
  readonly call: ServiceCall;
  /** The state machine's role, in whose name tasks call unless the state names another. */
  readonly roleArn: string;
  readonly now: () => Date;
  readonly uuid: () => string;
  /** The execution's, which goes on to what its tasks cause. */
  readonly traceHeader?: string | undefined;
  /** The same with this execution in it, for what may start another. */
  readonly lineage?: string | undefined;
  /** The way out of HTTP Tasks; they are refused where there is none. */
  readonly http?: HttpOut | undefined;
  /** Whether the rehearsal serves an action. */
  readonly serves: (service: string, action: string) => boolean;
  /** The models of the services, by which `aws-sdk` tasks name members and errors. */
  readonly sdkModels?: SdkModels | undefined;
  /** The machine and the execution, which events of a workflow name. */
  readonly resources?: readonly string[];
}

/**
 * Makes the one call that a Task's resource stands for. What the service refuses is a failure;
 * anything else that is thrown is a bug, and goes on.
 */
export async function invokeTask(request: TaskRequest, context: TaskContext): Promise<TaskResult> {
  const resource = parseTaskResource(request.resource);
  if (resource === undefined || resource.kind === 'activity') {
    throw new RangeError(`Cannot call a service for the resource "${request.resource}"`);
  }
  if (resource.kind === 'lambda') {
    const parameters = { FunctionName: resource.text, Payload: request.parameters };
    return callService(LAMBDA_INVOKE, parameters, request, context, readPlain);
  }
  if (isHttpTask(resource)) {
    const caller = { arn: request.roleArn ?? context.roleArn };
    const parameters = isJsonObject(request.parameters) ? request.parameters : {};
    return invokeHttp(parameters, context.http, caller);
  }
  const integration = findIntegration(resource);
  if (integration === undefined) {
    throw new RangeError(`Cannot find an integration for the resource "${request.resource}"`);
  }
  if (!isJsonObject(request.parameters)) {
    return failed(
      'States.Runtime',
      `The Parameters of '${request.stateName}' must be a JSON object`,
    );
  }
  const read = request.hasBinaryBody === true ? readBinary : readerOf(integration);
  return callService(integration, request.parameters, request, context, read);
}

/** The services whose work may start a workflow again. */
const STARTERS: ReadonlySet<string> = new Set(['lambda', 'states']);

/** Makes a task's result of what the SDK returned. */
type OutputReader = (
  output: object,
  integration: Integration,
  context: TaskContext,
  model: SdkAction | undefined,
) => TaskResult;

async function callService(
  integration: Integration,
  parameters: JsonObject,
  request: TaskRequest,
  context: TaskContext,
  read: OutputReader,
): Promise<TaskResult> {
  const { service, action } = integration;
  if (!context.serves(service, action)) return notServed(integration, request);
  const model =
    integration.style === 'aws-sdk' ? await context.sdkModels?.action(service, action) : undefined;
  try {
    const input = inputOf(integration, model, parameters, context);
    const traceHeader = STARTERS.has(service)
      ? (context.lineage ?? context.traceHeader)
      : context.traceHeader;
    const output = await context.call(service, action, input, {
      arn: request.roleArn ?? context.roleArn,
      ...(traceHeader !== undefined && { traceHeader }),
    });
    return read(output, integration, context, model);
  } catch (error) {
    if (error instanceof UnknownMember) return failed('States.Runtime', error.message);
    if (!(error instanceof AwsError)) throw error;
    const known = await context.sdkModels?.error(service, error.name);
    return toTaskFailure(integration, error, { ...known, uuid: context.uuid });
  }
}

function notServed(
  { service, action, errorPrefix }: Integration,
  request: TaskRequest,
): TaskFailure {
  return failed(
    `${errorPrefix}.NotServedByRehearsal`,
    `The rehearsal does not serve ${service}:${action}, which the state '${request.stateName}' calls: give its result in a mock configuration, or test the state alone with TestState and a mock`,
  );
}

function inputOf(
  integration: Integration,
  model: SdkAction | undefined,
  parameters: JsonObject,
  { resources = [] }: TaskContext,
): object {
  const { service, action } = integration;
  const withOwn =
    integration.style === 'optimized' && service === 'events' && action === 'PutEvents'
      ? withResources(parameters, resources)
      : parameters;
  return toSdkInput(integration, withOwn, model?.input);
}

/** AWS: an event that a workflow puts names its machine and its execution. */
function withResources(parameters: JsonObject, resources: readonly string[]): JsonObject {
  const { Entries: entries } = parameters;
  if (!Array.isArray(entries)) return parameters;
  return {
    ...parameters,
    Entries: entries.map((entry: Json) => {
      if (!isJsonObject(entry)) return entry;
      const { Resources: own } = entry;
      return { ...entry, Resources: [...(Array.isArray(own) ? own : []), ...resources] };
    }),
  };
}

function readerOf({ style, service, action }: Integration): OutputReader {
  if (service === 'lambda' && action === 'Invoke') {
    return style === 'optimized' ? readInvoke : readSdkInvoke;
  }
  if (style === 'optimized' && service === 'events') return readPutEvents;
  if (style === 'optimized' && service === 's3') return readSdk;
  return style === 'optimized' ? readOptimized : readSdk;
}

const readSdk: OutputReader = (output, integration, _context, model) => ({
  kind: 'succeeded',
  output:
    model === undefined
      ? toJsonOutput(integration, output)
      : fromModelOutput(model.output, output, integration.service === 's3' ? 'utf8' : 'base64'),
});

/** An ItemReader's object, whose bytes are no text. */
const readBinary: OutputReader = (output) => {
  const body = 'Body' in output && output.Body instanceof Uint8Array ? output.Body : undefined;
  return {
    kind: 'succeeded',
    output: { Body: Buffer.from(body ?? []).toString('base64') },
  };
};

const readOptimized: OutputReader = (output, integration, context) => ({
  kind: 'succeeded',
  output: withMetadata(toJsonOutput(integration, output), output, integration, context),
});

const readPlain: OutputReader = (output) => readFunctionResponse(output);

const readInvoke: OutputReader = (output, integration, context) => {
  const result = readFunctionResponse(output);
  if (result.kind === 'failed') return result;
  const { Payload: _, ...rest } = { Payload: undefined, ...output };
  const members = toJsonOutput(integration, {
    ExecutedVersion: '$LATEST',
    StatusCode: 200,
    ...rest,
  });
  const invoked = { ...(isJsonObject(members) ? members : {}), Payload: result.output };
  return { kind: 'succeeded', output: withMetadata(invoked, output, integration, context) };
};

/** The newer SDK's integration returns the payload as text, and a function's error as a success. */
const readSdkInvoke: OutputReader = (output, integration) => {
  const { Payload, ...rest } = { Payload: new Uint8Array(), ...output };
  const members = toJsonOutput(integration, rest);
  const text = new TextDecoder().decode(Payload);
  return {
    kind: 'succeeded',
    output: { ...(isJsonObject(members) ? members : {}), Payload: text },
  };
};

/**
 * One entry that failed fails the task; the cause is the whole response (recorded:
 * TestTaskServiceEvents).
 */
const readPutEvents: OutputReader = (output, integration) => {
  const result = toJsonOutput(integration, output);
  const failedCount = isJsonObject(result) ? result['FailedEntryCount'] : 0;
  return failedCount === 0
    ? { kind: 'succeeded', output: result }
    : failed('EventBridge.FailedEntry', jsonText(result));
};

function withMetadata(
  result: Json,
  output: object,
  integration: Integration,
  context: TaskContext,
): Json {
  if (!isJsonObject(result)) return result;
  const requestId = context.uuid();
  const body = wireBody(integration, output, requestId);
  const metadata = httpMetadata(integration, { at: context.now(), requestId, body });
  return sorted({ ...result, ...metadata });
}

/** AWS writes the members of such a result in the order of the alphabet. */
function sorted(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function failed(error: string, cause: string): TaskFailure {
  return { kind: 'failed', error, cause };
}
