import type { EventSourceMappingResource } from '../../app.ts';
import { arnOf, stableUuid } from '../../stack.ts';
import { filtersOf, sourceKindOf, streamSettingsOf } from '../event-source.ts';
import type { PropertyReader } from '../property-reader.ts';
import type { Reading, ResourceType } from '../resource-type.ts';
import { refuseElsewhere } from '../same-region.ts';

export const eventSourceMapping: ResourceType = {
  type: 'AWS::Lambda::EventSourceMapping',
  supported: [
    'BatchSize',
    'BisectBatchOnFunctionError',
    'DestinationConfig',
    'Enabled',
    'EventSourceArn',
    'FilterCriteria',
    'FunctionName',
    'FunctionResponseTypes',
    'MaximumRecordAgeInSeconds',
    'MaximumRetryAttempts',
    'ScalingConfig',
    'StartingPosition',
  ],
  inert: ['KmsKeyArn', 'LoggingConfig', 'MaximumBatchingWindowInSeconds', 'MetricsConfig', 'Tags'],
  refused: {
    ParallelizationFactor: 'it hands the batches of a stream over one after the other',
    StartingPositionTimestamp: 'it reads a stream from its beginning or its end',
    TumblingWindowInSeconds: 'it keeps no state of windows: keep it in a table',
  },
  identify: ({ stack, logicalId }) => {
    const id = stableUuid(stack, logicalId);
    return {
      physicalId: id,
      ref: id,
      attributes: {
        Id: id,
        EventSourceMappingArn: arnOf(stack, 'lambda', `event-source-mapping:${id}`),
      },
    };
  },
  read: (reading) => {
    const { resource, properties, report, stack } = reading;
    const sourceArn = properties.requiredText('EventSourceArn');
    // In AWS's words (pmuens/serverless-kinesis-streams#1).
    const message = 'event source region must match Lambda region';
    refuseElsewhere(properties, 'EventSourceArn', sourceArn, stack, message);
    if (sourceArn === '' || sourceKindOf(sourceArn) !== undefined) {
      return { eventSourceMappings: [readMapping(reading, sourceArn)] };
    }
    const refusal = `the rehearsal polls queues and streams of tables only: EventSourceArn must be the ARN of one, not ${sourceArn}`;
    const subject = `${sourceArn.split(':')[2] ?? 'other'} of functions`;
    report.unrehearsed(
      properties.placeOf('EventSourceArn'),
      { kind: 'source', subject },
      `${resource.type} ${resource.logicalId}: ${refusal}`,
    );
    return {};
  },
};

function readMapping(
  { resource, identity, properties }: Reading,
  sourceArn: string,
): EventSourceMappingResource {
  const isStream = sourceKindOf(sourceArn) === 'stream';
  const batchSize = properties.number('BatchSize') ?? (isStream ? 100 : 10);
  if (batchSize < 1 || batchSize > 10_000) {
    properties.refuse('BatchSize', `BatchSize must be 1 to 10000, not ${batchSize}`);
  }
  const called = properties.requiredText('FunctionName');
  return {
    logicalId: resource.logicalId,
    uuid: identity.physicalId,
    functionName: functionNameOf(called),
    qualifier: /:function:[^:]+:(.+)$/.exec(called)?.[1],
    sourceArn,
    batchSize,
    filters: filtersOf(properties),
    enabled: properties.flag('Enabled') ?? true,
    reportBatchItemFailures: reportsFailures(properties),
    maximumConcurrency: properties.map('ScalingConfig').number('MaximumConcurrency'),
    stream: isStream ? streamOf(properties) : undefined,
  };
}

function streamOf(properties: PropertyReader): EventSourceMappingResource['stream'] {
  const onFailure = properties.map('DestinationConfig').map('OnFailure').text('Destination');
  const bisects = properties.flag('BisectBatchOnFunctionError') === true;
  return streamSettingsOf(properties, onFailure, bisects);
}

function reportsFailures(properties: PropertyReader): boolean {
  const responses = properties.texts('FunctionResponseTypes');
  if (responses.some((response) => response !== 'ReportBatchItemFailures')) {
    properties.refuse(
      'FunctionResponseTypes',
      'FunctionResponseTypes knows ReportBatchItemFailures only',
    );
  }
  return responses.includes('ReportBatchItemFailures');
}

/** The name of a function given by its name or its ARN. */
export function functionNameOf(nameOrArn: string): string {
  return /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}
