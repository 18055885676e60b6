import { isJsonObject, parseJson } from '../../core/json.ts';
import type { PipeEnd, PipeResource, PipeTarget } from '../pipe-resource.ts';
import { arnOf } from '../stack.ts';
import type { PropertyReader } from './property-reader.ts';
import type { Reading, ResourceType } from './resource-type.ts';

/** A pipe; the rehearsal runs those from queues. */
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
    const { properties, report, resource } = reading;
    const source = properties.requiredText('Source');
    if (source === '' || /^arn:[\w-]+:sqs:/.test(source)) return { pipes: [readPipe(reading)] };
    const message = `${resource.type} ${resource.logicalId}: the rehearsal runs pipes from queues only, not from ${source}`;
    const subject = `pipes from ${source.split(':')[2] ?? 'elsewhere'}`;
    report.unrehearsed(properties.placeOf('Source'), { kind: 'source', subject }, message);
    return {};
  },
};

function readPipe({ resource, name, identity, properties }: Reading): PipeResource {
  const parameters = properties.map('SourceParameters');
  return {
    logicalId: resource.logicalId,
    name,
    arn: identity.attributes['Arn'] ?? '',
    roleArn: properties.requiredText('RoleArn'),
    queueArn: properties.requiredText('Source'),
    batchSize: parameters.map('SqsQueueParameters').number('BatchSize') ?? 10,
    filters: parameters.map('FilterCriteria').maps('Filters').flatMap(patternOf),
    enrichment: enrichmentOf(properties),
    target: targetOf(properties),
    enabled: properties.text('DesiredState') !== 'STOPPED',
  };
}

function patternOf(filter: PropertyReader): PipeResource['filters'] {
  const pattern = parseJson(filter.requiredText('Pattern'));
  if (isJsonObject(pattern)) return [pattern];
  filter.refuse('Pattern', 'Pattern is the JSON text of an event pattern');
  return [];
}

function enrichmentOf(properties: PropertyReader): PipeEnd | undefined {
  const arn = properties.text('Enrichment');
  if (arn === undefined) return undefined;
  return { arn, inputTemplate: properties.map('EnrichmentParameters').text('InputTemplate') };
}

function targetOf(properties: PropertyReader): PipeTarget {
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
    detailType: bus.text('DetailType') ?? 'Event from aws:sqs',
    source: bus.text('Source') ?? 'Pipe',
    messageGroupId: parameters.map('SqsQueueParameters').text('MessageGroupId'),
  };
}
