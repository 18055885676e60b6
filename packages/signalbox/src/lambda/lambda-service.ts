import { createHash } from 'node:crypto';
import type {
  EventSourceMappingConfiguration,
  GetEventSourceMappingRequest,
  GetFunctionRequest,
  InvocationRequest,
  ListEventSourceMappingsRequest,
  ListFunctionsRequest,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../core/aws-error.ts';
import { type Action, actions, type Caller, type Service } from '../core/service.ts';
import type { EventSourceMappingResource } from '../template/app.ts';
import { AsyncInvocations, type AsyncOptions } from './async/async-invocations.ts';
import { toFunctionConfiguration } from './function-configuration.ts';
import { type FunctionDirectory, findFunction } from './function-name.ts';
import { invokeFunction } from './invoke-function.ts';

/** The host and services of AWS Lambda's API. */
export interface LambdaServiceOptions extends FunctionDirectory, AsyncOptions {
  readonly eventSourceMappings: () => readonly EventSourceMappingResource[];
}

/** AWS Lambda's API over a template's functions. */
export interface LambdaService {
  readonly service: Service;
  /** Gives up asynchronous invocations that wait for a retry. */
  close(): void;
}

/** Makes AWS Lambda's API (Lambda API Reference). */
export function createLambdaService(options: LambdaServiceOptions): LambdaService {
  const asyncInvocations = new AsyncInvocations(options);
  return {
    service: {
      name: 'lambda',
      client: '@aws-sdk/client-lambda',
      actions: actions({
        Invoke: (input: InvocationRequest, { traceHeader }: Caller) =>
          invokeFunction({ ...options, asyncInvocations }, input, traceHeader),
        ...functionActions(options),
        ...mappingActions(options),
      }),
    },
    close: () => asyncInvocations.close(),
  };
}

function functionActions(options: LambdaServiceOptions): Record<string, Action> {
  return actions({
    GetFunction({ FunctionName, Qualifier }: GetFunctionRequest) {
      const resource = findFunction(options, FunctionName, Qualifier);
      const { reservedConcurrency } = resource;
      return {
        Configuration: toFunctionConfiguration(resource),
        ...(reservedConcurrency !== undefined && {
          Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
        }),
      };
    },
    GetFunctionConfiguration: ({ FunctionName, Qualifier }: GetFunctionRequest) =>
      toFunctionConfiguration(findFunction(options, FunctionName, Qualifier)),
    ListFunctions({ Marker, MaxItems = 50 }: ListFunctionsRequest) {
      const sorted = [...options.functions()].sort((a, b) => (a.name < b.name ? -1 : 1));
      const { page, NextMarker } = paginate(sorted, Marker, Math.min(MaxItems, 50));
      return { Functions: page.map(toFunctionConfiguration), ...(NextMarker && { NextMarker }) };
    },
  });
}

function mappingActions(options: LambdaServiceOptions): Record<string, Action> {
  return actions({
    ListEventSourceMappings(input: ListEventSourceMappingsRequest) {
      const { FunctionName, EventSourceArn, Marker, MaxItems = 100 } = input;
      const name = FunctionName && findFunction(options, FunctionName).name;
      const found = options
        .eventSourceMappings()
        .filter(({ functionName }) => name === undefined || functionName === name)
        .filter(({ sourceArn }) => EventSourceArn === undefined || sourceArn === EventSourceArn);
      const { page, NextMarker } = paginate(found, Marker, Math.min(MaxItems, 100));
      const EventSourceMappings = page.map((mapping) => toMappingConfiguration(options, mapping));
      return { EventSourceMappings, ...(NextMarker && { NextMarker }) };
    },
    GetEventSourceMapping({ UUID }: GetEventSourceMappingRequest) {
      const found = options.eventSourceMappings().find((mapping) => uuidOf(mapping) === UUID);
      if (found !== undefined) return toMappingConfiguration(options, found);
      const message = 'The resource you requested does not exist.';
      throw new AwsError('ResourceNotFoundException', message, { Type: 'User' });
    },
  });
}

function toMappingConfiguration(
  { region, accountId }: FunctionDirectory,
  mapping: EventSourceMappingResource,
): EventSourceMappingConfiguration {
  const { maximumConcurrency } = mapping;
  const UUID = uuidOf(mapping);
  return {
    UUID,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: 0,
    EventSourceArn: mapping.sourceArn,
    FunctionArn: `arn:aws:lambda:${region}:${accountId}:function:${mapping.functionName}`,
    State: mapping.enabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
    FunctionResponseTypes: mapping.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    ...(maximumConcurrency !== undefined && {
      ScalingConfig: { MaximumConcurrency: maximumConcurrency },
    }),
    ...(mapping.filters.length > 0 && {
      FilterCriteria: {
        Filters: mapping.filters.map((filter) => ({ Pattern: JSON.stringify(filter) })),
      },
    }),
    ...streamConfiguration(mapping),
    EventSourceMappingArn: `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${UUID}`,
  };
}

function streamConfiguration({
  stream,
}: EventSourceMappingResource): Partial<EventSourceMappingConfiguration> {
  if (stream === undefined) return {};
  return {
    StartingPosition: stream.startingPosition,
    ParallelizationFactor: 1,
    MaximumRetryAttempts: stream.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: stream.maximumRecordAgeSeconds,
    BisectBatchOnFunctionError: stream.bisectsBatches,
    DestinationConfig: {
      OnFailure: stream.onFailureArn === undefined ? {} : { Destination: stream.onFailureArn },
    },
  };
}

/** The same at each start, so that a script may keep it. */
function uuidOf({ logicalId, sourceArn }: EventSourceMappingResource): string {
  const hex = createHash('sha256').update(`${logicalId} ${sourceArn}`).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A marker is the place of the next item; AWS's is opaque too. */
function paginate<T>(
  items: readonly T[],
  marker: string | undefined,
  limit: number,
): { readonly page: readonly T[]; readonly NextMarker: string | undefined } {
  const start = marker === undefined ? 0 : Number(Buffer.from(marker, 'base64').toString());
  if (!Number.isInteger(start) || start < 0) {
    const message = `Invalid Marker: ${marker}`;
    throw new AwsError('InvalidParameterValueException', message, { Type: 'User' });
  }
  const end = start + limit;
  const NextMarker = end < items.length ? Buffer.from(String(end)).toString('base64') : undefined;
  return { page: items.slice(start, end), NextMarker };
}
