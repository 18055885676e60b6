import type {
  EventSourceMappingConfiguration,
  GetEventSourceMappingRequest,
  ListEventSourceMappingsRequest,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../../core/aws-error.ts';
import { type Action, actions } from '../../core/service.ts';
import type { EventSourceMappingResource } from '../../template/app.ts';
import { type FunctionDirectory, findFunction } from '../function-name.ts';
import { paginate } from '../paginate.ts';
import type { EventSourceMappings } from './mappings.ts';

/** The functions and mappings that the actions are about. */
export interface MappingActionsOptions extends FunctionDirectory {
  readonly eventSourceMappings: EventSourceMappings;
}

/** The actions of event source mappings (Lambda API Reference). */
export function mappingActions(options: MappingActionsOptions): Record<string, Action> {
  const { eventSourceMappings } = options;
  const found = (uuid: string | undefined): EventSourceMappingResource => {
    const mapping = eventSourceMappings.all().find((one) => one.uuid === uuid);
    if (mapping !== undefined) return mapping;
    const message = 'The resource you requested does not exist.';
    throw new AwsError('ResourceNotFoundException', message, { Type: 'User' });
  };
  return actions({
    ListEventSourceMappings(input: ListEventSourceMappingsRequest) {
      const { FunctionName, EventSourceArn, Marker, MaxItems = 100 } = input;
      const name = FunctionName && findFunction(options, FunctionName).name;
      const listed = eventSourceMappings
        .all()
        .filter(({ functionName }) => name === undefined || functionName === name)
        .filter(({ sourceArn }) => EventSourceArn === undefined || sourceArn === EventSourceArn);
      const { page, NextMarker } = paginate(listed, Marker, Math.min(MaxItems, 100));
      const EventSourceMappings = page.map((mapping) => toConfiguration(options, mapping));
      return { EventSourceMappings, ...(NextMarker && { NextMarker }) };
    },
    GetEventSourceMapping: ({ UUID }: GetEventSourceMappingRequest) =>
      toConfiguration(options, found(UUID)),
    UpdateEventSourceMapping(input: UpdateEventSourceMappingRequest) {
      const { UUID, Enabled, ...others } = input;
      refuseOthers(others);
      const mapping = found(UUID);
      if (Enabled !== undefined) eventSourceMappings.turn(mapping, Enabled);
      return toConfiguration(options, mapping);
    },
  });
}

/** What a mapping does beside being on or off is the template's. */
function refuseOthers(others: object): void {
  const [name] = Object.entries(others).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [key],
  );
  if (name === undefined) return;
  const message = `${name} is not rehearsed: a mapping is turned on and off alone. Change it in the template`;
  throw new AwsError('InvalidParameterValueException', message, { Type: 'User' });
}

function toConfiguration(
  { accountId, region, eventSourceMappings }: MappingActionsOptions,
  mapping: EventSourceMappingResource,
): EventSourceMappingConfiguration {
  const { functionName, qualifier, maximumConcurrency, uuid } = mapping;
  const called = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
  return {
    UUID: uuid,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: 0,
    EventSourceArn: mapping.sourceArn,
    FunctionArn: `arn:aws:lambda:${region}:${accountId}:function:${called}`,
    State: eventSourceMappings.stateOf(mapping),
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
    EventSourceMappingArn: `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${uuid}`,
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
