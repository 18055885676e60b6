import type { PipeEnd, PipeResource, PipeTarget } from '../pipe-resource.ts';
import { arnOf } from '../stack.ts';
import { filtersOf, sourceKindOf, streamSettingsOf } from './event-source.ts';
import type { PropertyReader } from './property-reader.ts';
import type { Reading, ResourceType } from './resource-type.ts';
import { refuseElsewhere } from './same-region.ts';

/** A pipe; the rehearsal runs those from queues and streams of tables. */
export const pipe: ResourceType = {
  type: 'AWS::Pipes::Pipe',
  nameProperty: 'Name',
  maxNameLength: 64,
  supported: [
    'DesiredState',
    'Enrichment',
    'EnrichmentParameters',
    'Name',
    'RoleArn',
    'Source',
    'SourceParameters',
    'Target',
    'TargetParameters',
  ],
  inert: ['Description', 'KmsKeyIdentifier', 'LogConfiguration', 'Tags'],
  identify: ({ name, stack }) => ({
    physicalId: name,
    ref: name,
    attributes: { Arn: arnOf(stack, 'pipes', `pipe/${name}`), CurrentState: 'RUNNING' },
  }),
  read: (reading) => {
    const { properties, report, resource, stack } = reading;
    const source = properties.requiredText('Source');
    refuseElsewhere(
      properties,
      'Source',
      source,
      stack,
      'the source must be in the Region of the pipe',
    );
    const kind = sourceKindOf(source);
    if (source === '' || kind === 'queue') return { pipes: [ofQueue(reading)] };
    if (kind === 'stream') return { pipes: [ofStream(reading)] };
    const message = `${resource.type} ${resource.logicalId}: the rehearsal runs pipes from queues and streams of tables only, not from ${source}`;
    const subject = `pipes from ${source.split(':')[2] ?? 'elsewhere'}`;
    report.unrehearsed(properties.placeOf('Source'), { kind: 'source', subject }, message);
    return {};
  },
};

function ofQueue(reading: Reading): PipeResource {
  const parameters = reading.properties.map('SourceParameters').map('SqsQueueParameters');
  const batchSize = parameters.number('BatchSize') ?? 10;
  return { ...readPipe(reading, 'aws:sqs'), batchSize, stream: undefined };
}

function ofStream(reading: Reading): PipeResource {
  const { properties, stack } = reading;
  const parameters = properties.map('SourceParameters').map('DynamoDBStreamParameters');
  const config = parameters.map('DeadLetterConfig');
  const deadLetters = config.text('Arn');
  const message = 'the dead-letter queue must be in the Region of the pipe';
  refuseElsewhere(config, 'Arn', deadLetters, stack, message);
  const onPartial = parameters.text('OnPartialBatchItemFailure');
  if (parameters.has('ParallelizationFactor')) refuseParallel(reading, parameters);
  return {
    ...readPipe(reading, 'aws:dynamodb'),
    batchSize: parameters.number('BatchSize') ?? 100,
    stream: streamSettingsOf(parameters, deadLetters, onPartial === 'AUTOMATIC_BISECT'),
  };
}

function refuseParallel({ report, resource }: Reading, parameters: PropertyReader): void {
  const name = 'ParallelizationFactor';
  const message = `${resource.type} ${resource.logicalId}: the rehearsal has no effect for ${name}: it hands the batches of a stream over one after the other`;
  const subject = `${name} of ${resource.type}`;
  report.unrehearsed(parameters.placeOf(name), { kind: 'property', subject }, message);
}

function readPipe(
  { resource, name, identity, properties }: Reading,
  eventSource: string,
): Omit<PipeResource, 'batchSize' | 'stream'> {
  return {
    logicalId: resource.logicalId,
    name,
    arn: identity.attributes['Arn'] ?? '',
    roleArn: properties.requiredText('RoleArn'),
    sourceArn: properties.requiredText('Source'),
    filters: filtersOf(properties.map('SourceParameters')),
    enrichment: enrichmentOf(properties),
    target: targetOf(properties, eventSource),
    enabled: properties.text('DesiredState') !== 'STOPPED',
  };
}

function enrichmentOf(properties: PropertyReader): PipeEnd | undefined {
  const arn = properties.text('Enrichment');
  if (arn === undefined) return undefined;
  return { arn, inputTemplate: properties.map('EnrichmentParameters').text('InputTemplate') };
}

function targetOf(properties: PropertyReader, eventSource: string): PipeTarget {
  const parameters = properties.map('TargetParameters');
  const bus = parameters.map('EventBridgeEventBusParameters');
  const ofMachine = parameters.map('StepFunctionStateMachineParameters');
  const ofFunction = parameters.map('LambdaFunctionParameters');
  const invocation = ofMachine.has('InvocationType') ? ofMachine : ofFunction;
  return {
    arn: properties.requiredText('Target'),
    inputTemplate: parameters.text('InputTemplate'),
    invocationType: invocation.choice(
      'InvocationType',
      ['REQUEST_RESPONSE', 'FIRE_AND_FORGET'],
      'REQUEST_RESPONSE',
    ),
    detailType: bus.text('DetailType') ?? `Event from ${eventSource}`,
    source: bus.text('Source') ?? 'Pipe',
    messageGroupId: parameters.map('SqsQueueParameters').text('MessageGroupId'),
  };
}
