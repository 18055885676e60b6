import type {
  GetFunctionRequest,
  InvocationRequest,
  ListFunctionsRequest,
} from '@aws-sdk/client-lambda';
import { type Action, actions, type Caller, type Service } from '../core/service.ts';
import { AsyncInvocations, type AsyncOptions } from './async/async-invocations.ts';
import { type MappingActionsOptions, mappingActions } from './event-sources/mapping-actions.ts';
import { toFunctionConfiguration } from './function-configuration.ts';
import { findFunction } from './function-name.ts';
import { invokeFunction } from './invoke-function.ts';
import { paginate } from './paginate.ts';

/** The host and services of AWS Lambda's API. */
export type LambdaServiceOptions = MappingActionsOptions & AsyncOptions;

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
